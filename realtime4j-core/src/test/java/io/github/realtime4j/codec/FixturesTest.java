package io.github.realtime4j.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.UnknownEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fixture becomes its record and is written again as it was, whatever its JSON looks like. */
final class FixturesTest {
    private static final int SEEDS = 4;

    static Stream<Fixtures.Event> events() {
        return Fixtures.events();
    }

    static Stream<Fixtures.Event> ga() {
        return Fixtures.ga();
    }

    static Stream<Fixtures.Form> forms() {
        return Fixtures.forms();
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsWrittenAsItWasRead(Fixtures.Event fixture) {
        List<String> unknown = new ArrayList<>();
        Object event = decodeBothWays(fixture, fixture.utf8(), unknown);
        assertThat(event).isNotInstanceOf(UnknownEvent.class);
        if (fixture.dialect() == Dialect.GA) {
            assertThat(unknown).isEmpty();
        }
        assertThat(Wire.tree(Wire.encode(fixture.dialect(), event))).isEqualTo(Wire.tree(fixture.json()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsTheSameInAnyClothes(Fixtures.Event fixture) {
        Object plain = decodeBothWays(fixture, fixture.utf8(), new ArrayList<>());
        for (int seed = 0; seed < SEEDS; seed++) {
            assertSame(fixture, Disguise.shuffled(fixture.json(), seed), plain);
            assertSame(fixture, Disguise.escaped(fixture.json(), seed), plain);
            assertSame(fixture, Disguise.spaced(fixture.json(), seed), plain);
            assertSame(fixture, Disguise.everything(fixture.json(), seed), plain);
        }
    }

    private static void assertSame(Fixtures.Event fixture, String text, Object expected) {
        assertThat(decodeBothWays(fixture, Wire.utf8(text), new ArrayList<>()))
                .as(text)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("ga")
    void unknownFieldsAreReportedAndSurviveWhereThereIsAPlaceForThem(Fixtures.Event fixture) {
        Object plain = decodeBothWays(fixture, fixture.utf8(), new ArrayList<>());
        UnknownFields fields = new UnknownFields();
        UnknownFields.Message message = fields.insert(plain, fixture.json());
        for (int seed = 0; seed < SEEDS; seed++) {
            List<String> reported = new ArrayList<>();
            byte[] utf8 = Wire.utf8(Disguise.shuffled(message.given(), seed));
            Object event = decodeBothWays(fixture, utf8, reported);
            assertThat(reported).containsExactlyInAnyOrderElementsOf(fields.paths);
            assertThat(Wire.tree(Wire.encode(Dialect.GA, event))).isEqualTo(Wire.tree(message.expected()));
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsTheSameFromAnyKindOfBuffer(Fixtures.Event fixture) {
        byte[] utf8 = fixture.utf8();
        byte[] padded = new byte[utf8.length + 14];
        Arrays.fill(padded, (byte) '{');
        System.arraycopy(utf8, 0, padded, 7, utf8.length);
        ByteBuffer inside = ByteBuffer.wrap(padded, 7, utf8.length);
        ByteBuffer direct = ByteBuffer.allocateDirect(utf8.length).put(utf8).flip();
        Object plain = decodeBothWays(fixture, utf8, new ArrayList<>());
        for (ByteBuffer message : List.of(inside, inside.slice(), inside.asReadOnlyBuffer(), direct)) {
            EventCodec codec = EventCodec.of(fixture.dialect());
            int position = message.position();
            Object event = fixture.fromClient() ? codec.decodeClientEvent(message) : codec.decodeServerEvent(message);
            assertThat(event).isEqualTo(plain);
            assertThat(message.position()).as("the buffer's position stays").isEqualTo(position);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void anObjectIsWrittenAsItWasReadInAnyClothes(Fixtures.Form form) {
        Class<?> type = form.javaType();
        List<String> unknown = new ArrayList<>();
        Object value = Wire.read(type, Wire.utf8(form.json().toString()), unknown::add);
        assertThat(unknown).isEmpty();
        assertThat(value.getClass().getSimpleName().equals("Unknown"))
                .as(value.toString())
                .isEqualTo(form.name().startsWith("unknown"));
        assertThat(Wire.tree(Wire.write(type, value))).isEqualTo(Wire.tree(form.json()));
        for (int seed = 0; seed < SEEDS; seed++) {
            byte[] utf8 = Wire.utf8(Disguise.everything(form.json(), seed));
            assertThat(Wire.read(type, utf8, path -> {})).isEqualTo(value);
        }
    }

    @Test
    void everyComponentOfEveryRecordIsSetInSomeFixture() {
        Set<String> set = new TreeSet<>();
        Fixtures.events()
                .forEach(fixture ->
                        Graph.set(Wire.decode(fixture.dialect(), fixture.fromClient(), fixture.utf8()), set));
        Fixtures.forms()
                .forEach(form -> Graph.set(
                        Wire.read(form.javaType(), Wire.utf8(form.json().toString()), path -> {}), set));
        assertThat(set).containsAll(Graph.components());
    }

    @ParameterizedTest
    @MethodSource("ga")
    void aFixtureIsNamedAfterItsType(Fixtures.Event fixture) {
        assertThat(fixture.name().split("~")[0]).isEqualTo(fixture.type());
        assertThat(JsonValue.parse(fixture.json().toString())).isEqualTo(fixture.json());
    }

    private static Object decodeBothWays(Fixtures.Event fixture, byte[] utf8, List<String> unknown) {
        Object event = Wire.decode(fixture.dialect(), fixture.fromClient(), utf8);
        Object generally = Wire.decodeGenerally(fixture.dialect(), fixture.fromClient(), utf8, unknown::add);
        assertThat(event).isEqualTo(generally);
        return event;
    }
}
