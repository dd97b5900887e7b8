package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Receiver;
import io.github.realtime4j.transport.Transport;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** How a voice begins and ends. */
final class VoiceLifeTest {
    @Test
    void aVoiceNeedsASink() {
        try (Room room = new Room(Room.HANDS_FREE)) {
            Voice.Builder deaf = Voice.attach(room.session).source(room.user);

            assertThatThrownBy(deaf::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("A voice needs a sink: speaker(), or sink(WavSink.create(file, 24000))");
        }
    }

    @Test
    void itStartsOnce() {
        try (Room room = new Room(Room.HANDS_FREE)) {
            Voice.Builder builder = room.voice(room.sink(24_000));
            room.start(builder);

            assertThatThrownBy(builder::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("A voice starts once; Voice.attach(session) makes another");
        }
    }

    @Test
    void aPrebufferIsAtLeastNothing() {
        try (Room room = new Room(Room.HANDS_FREE)) {
            Voice.Builder builder = Voice.attach(room.session);

            assertThatThrownBy(() -> builder.prebuffer(Duration.ofMillis(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Expected a duration of at least 0 but got PT-0.001S");
        }
    }

    @Test
    void timeCountsFromWhenItBeginsToListen() {
        StillClock clock = new StillClock();
        try (Room room = new Room(Room.HANDS_FREE, 24_000, transport -> new Slow(transport, clock), true)) {
            Voice voice = room.voice(room.sink(24_000)).clock(clock).start();

            assertThat(clock.nanos()).isEqualTo(2_000_000_000);
            assertThat(voice.elapsed()).isZero();
            clock.pass(20);
            assertThat(voice.elapsed()).isEqualTo(Duration.ofMillis(20));
            voice.close();
        }
    }

    /** It takes two seconds to connect. */
    private record Slow(Transport transport, StillClock clock) implements Transport {
        @Override
        public CompletionStage<Connection> connect(Handshake handshake, Receiver receiver) {
            clock.pass(2_000);
            return transport.connect(handshake, receiver);
        }

        @Override
        public void close() {
            transport.close();
        }
    }

    @Test
    void aVoiceOfASessionThatHasEndedDoesNotStart() {
        try (Room room = new Room(Room.HANDS_FREE)) {
            room.session.connectAsync();
            room.pass(1_000);
            room.session.closeAsync();
            room.pass(1_000);

            assertThatThrownBy(() -> room.voice(room.sink(24_000)).start()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void itIsOverWhenTheSessionHasEndedAndAllHasBeenHeard() {
        try (Room room = new Room(Room.PUSH_TO_TALK)) {
            room.server.enqueue(ScriptedResponse.speech(Sounds.loud(3_000), "Hm."));
            Voice voice = room.start(room.voice(room.sink(24_000)));
            room.session.respond();
            room.pass(1_500);
            room.session.closeAsync();
            room.pass(500);
            assertThat(room.session.ended()).isDone();
            assertThat(voice.ended()).isNotDone();
            room.pass(3_000);

            assertThat(voice.ended()).isDone();
            assertThat(room.events(VoiceEvent.AssistantFinished.class)).hasSize(1);
        }
    }

    @Test
    void aVoiceThatIsClosedInMidWordTellsWhatWasHeard() throws Exception {
        try (Room room = new Room(Room.PUSH_TO_TALK)) {
            room.server.enqueue(ScriptedResponse.speech(Sounds.loud(3_000), "Hm."));
            Voice voice = room.start(room.voice(room.sink(24_000)));
            room.session.respond();
            room.pass(1_500);
            voice.close();
            room.pass(500);

            assertThat(room.commands()).contains("conversation.item.truncate");
        }
    }

    @Test
    void aClosedVoiceLeavesTheSessionAlone() throws Exception {
        try (Room room = new Room(Room.PUSH_TO_TALK)) {
            room.server.enqueue(ScriptedResponse.speech(Sounds.loud(3_000), "Hm."));
            Voice voice = room.start(room.voice(room.sink(24_000)));
            voice.close();
            voice.press();
            voice.pause();
            voice.resume();
            room.pass(500);

            assertThat(room.commands()).containsExactly("session.update");
        }
    }
}
