package io.github.realtime4j.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.ConversationEvent;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.UnknownEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** What is encoded and decoded again is equal. Each try makes one instance of every record. */
class RoundTripTest {
    private static final int TRIES = 10;
    private static final String SEED = "20260824";

    @Property(tries = TRIES, seed = SEED, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void everyEventSurvivesTheWire(@ForAll("gaEvents") List<Object> events) {
        for (Object event : events) {
            byte[] json = Wire.encode(Dialect.GA, event);
            boolean fromClient = event instanceof ClientEvent;
            List<String> unknown = new ArrayList<>();
            assertThat(Wire.decode(Dialect.GA, fromClient, json)).isEqualTo(event);
            assertThat(Wire.decodeGenerally(Dialect.GA, fromClient, json, unknown::add))
                    .isEqualTo(event);
            assertThat(unknown).allMatch(path -> path.contains(".x "));
        }
    }

    @Property(tries = TRIES, seed = SEED, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void everyBodySurvivesTheWire(@ForAll("bodies") List<Object> bodies) {
        for (Object body : bodies) {
            byte[] json = EventCodec.write((Record) body);
            assertThat(EventCodec.read(ByteBuffer.wrap(json), body.getClass().asSubclass(Record.class)))
                    .isEqualTo(body);
        }
    }

    /** Where the dialects differ in shape, what has crossed once crosses again unchanged. */
    @Property(tries = TRIES, seed = SEED, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void everyEventOfTheBetaDialectSurvivesTheWire(@ForAll("betaEvents") List<Object> events) {
        for (Object event : events) {
            boolean fromClient = event instanceof ClientEvent;
            byte[] json = Wire.encode(Dialect.BETA, event);
            if (json.length == 0) {
                assertThat(event).isInstanceOf(ConversationEvent.ItemDone.class);
                continue;
            }
            Object once = Wire.decode(Dialect.BETA, fromClient, json);
            assertThat(once.getClass()).isEqualTo(event.getClass());
            if (!BetaDialect.differsInShape(type(event))) {
                assertThat(once).isEqualTo(event);
            }
            assertThat(Wire.decode(Dialect.BETA, fromClient, Wire.encode(Dialect.BETA, once)))
                    .isEqualTo(once);
        }
    }

    private static String type(Object event) {
        return event instanceof ClientEvent client ? EventCodec.type(client) : EventCodec.type((ServerEvent) event);
    }

    @Provide
    Arbitrary<List<Object>> gaEvents() {
        List<Class<?>> types = new ArrayList<>(Graph.serverEvents());
        types.addAll(Graph.clientEvents());
        types.add(UnknownEvent.class);
        return oneOfEach(types, new RandomEvents(false));
    }

    @Provide
    Arbitrary<List<Object>> betaEvents() {
        List<Class<?>> types = new ArrayList<>(Graph.serverEvents());
        types.addAll(Graph.clientEvents());
        // Both are conversation.item.created there.
        types.remove(ConversationEvent.ItemCreated.class);
        return oneOfEach(types, new RandomEvents(true));
    }

    @Provide
    Arbitrary<List<Object>> bodies() {
        return oneOfEach(Graph.bodies(), new RandomEvents(false));
    }

    private static Arbitrary<List<Object>> oneOfEach(List<Class<?>> types, RandomEvents random) {
        List<Arbitrary<Object>> all = new ArrayList<>();
        types.forEach(type -> all.add(Arbitraries.lazy(() -> random.of(type).map(value -> (Object) value))));
        return Combinators.combine(all).as(events -> events);
    }
}
