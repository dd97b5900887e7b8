package io.github.realtime4j.history;

import static io.github.realtime4j.history.Wire.added;
import static io.github.realtime4j.history.Wire.answer;
import static io.github.realtime4j.history.Wire.committed;
import static io.github.realtime4j.history.Wire.done;
import static io.github.realtime4j.history.Wire.heard;
import static io.github.realtime4j.history.Wire.heardAll;
import static io.github.realtime4j.history.Wire.log;
import static io.github.realtime4j.history.Wire.notHeard;
import static io.github.realtime4j.history.Wire.outputAdded;
import static io.github.realtime4j.history.Wire.outputDone;
import static io.github.realtime4j.history.Wire.partAdded;
import static io.github.realtime4j.history.Wire.responseCreated;
import static io.github.realtime4j.history.Wire.responseDone;
import static io.github.realtime4j.history.Wire.said;
import static io.github.realtime4j.history.Wire.says;
import static io.github.realtime4j.history.Wire.speech;
import static io.github.realtime4j.history.Wire.spoken;
import static io.github.realtime4j.history.Wire.truncated;
import static io.github.realtime4j.protocol.Item.Status.COMPLETED;
import static io.github.realtime4j.protocol.Item.Status.IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.ServerEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transcriptions run beside the conversation; whichever way they fall into it, the history is the same. */
final class InterleavingTest {
    private static final int TURNS = 6;

    /** What a transcription says of each turn, in its own order. Every third fails. */
    private static List<Queue<ServerEvent>> transcriptions() {
        List<Queue<ServerEvent>> streams = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            String id = "s" + turn;
            Queue<ServerEvent> stream = new ArrayDeque<>();
            stream.add(heard(id, " Turn"));
            stream.add(heard(id, " " + turn));
            stream.add(turn % 3 == 2 ? notHeard(id, "noise") : heardAll(id, "Turn " + turn));
            streams.add(stream);
        }
        return streams;
    }

    private static List<ServerEvent> conversation() {
        List<ServerEvent> events = new ArrayList<>();
        String previous = null;
        for (int turn = 0; turn < TURNS; turn++) {
            String user = "s" + turn;
            String model = "a" + turn;
            Item whole = answer(model, COMPLETED, speech("Answer " + turn));
            events.add(committed(previous, user));
            events.add(added(previous, spoken(user)));
            events.add(done(previous, spoken(user)));
            events.add(responseCreated("conv"));
            events.add(outputAdded(answer(model, IN_PROGRESS)));
            events.add(added(user, answer(model, IN_PROGRESS)));
            events.add(partAdded(model, new ContentPart.Audio(null, "")));
            events.add(says(model, "Answer"));
            if (turn % 2 == 1) {
                events.add(truncated(model, 20 * turn));
            }
            events.add(said(model, "Answer " + turn));
            events.add(done(turn == 0 ? null : user, whole));
            events.add(outputDone(whole));
            events.add(responseDone("conv", whole));
            previous = model;
        }
        return events;
    }

    /** Each step takes the next event of the conversation, or of any transcription, as the seed will have it. */
    private static List<ServerEvent> interleaved(Random random) {
        Queue<ServerEvent> main = new ArrayDeque<>(conversation());
        List<Queue<ServerEvent>> streams = transcriptions();
        List<ServerEvent> events = new ArrayList<>();
        while (!main.isEmpty() || !streams.isEmpty()) {
            int pick = random.nextInt(streams.size() + 3);
            Queue<ServerEvent> stream = pick < streams.size() ? streams.get(pick) : main;
            if (!stream.isEmpty()) {
                events.add(stream.remove());
            }
            streams.removeIf(Queue::isEmpty);
        }
        return events;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void anyInterleavingGivesTheSameHistory(long seed) {
        List<ServerEvent> oneAfterTheOther = new ArrayList<>(conversation());
        transcriptions().forEach(oneAfterTheOther::addAll);
        ConversationLog expected = log(oneAfterTheOther);
        assertThat(expected.snapshot()).hasSize(2 * TURNS);
        Random random = new Random(seed);

        for (int round = 0; round < 50; round++) {
            List<ServerEvent> events = interleaved(random);
            assertThat(log(events).snapshot()).as("%s", events).isEqualTo(expected.snapshot());
        }
    }
}
