package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.voice.PlaybackClock.Part;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What waits behind the speech that is interrupted. */
final class QueuedSpeechTest {
    private static final int RATE = 24_000;

    @Test
    void anInterruptionIsToldOfEachItemThatWasNotHeardToItsEnd() throws Exception {
        SessionConfig config =
                SessionConfig.builder().turnDetection(TurnDetection.OFF).build();
        try (Room room = new Room(config)) {
            AudioBytes threeSeconds = AudioBytes.wrap(new byte[3 * 48_000]);
            room.server.enqueue(
                    ScriptedResponse.speech(threeSeconds, "One."), ScriptedResponse.speech(threeSeconds, "Two."));
            Voice voice = room.start(room.voice(room.sink(RATE)));
            room.session.respond();
            room.session.respond();
            room.pass(2_000);
            voice.press();
            room.pass(500);

            assertThat(room.events(VoiceEvent.Interrupted.class))
                    .extracting(cut -> cut.played().isZero())
                    .containsExactly(false, true);
            room.session.closeAsync();
            room.pass(500);
            assertThat(room.server.takeSession().types())
                    .containsSubsequence("conversation.item.truncate", "conversation.item.delete");
        }
    }

    @Test
    void wordsThatStillComeOfASilencedResponseAreNotWaitedFor() {
        ClockedSink sink = new ClockedSink(RATE, Duration.ofSeconds(1), new StillClock(), samples -> {});
        Playback playback = new Playback(sink, Duration.ZERO, EchoCanceller.NONE, new Playback.Listener() {
            @Override
            public void heard(Speech speech, short[] samples, int offset, int length, Duration played) {}

            @Override
            public void started(Speech speech) {}

            @Override
            public void finished(Speech speech) {}
        });
        Part part = new Part("item_1", 0);
        playback.began("resp_1", null);
        playback.append(part, "resp_1", AudioFormat.PCM16_24KHZ, "One");
        playback.cut();
        playback.append(part, "resp_1", AudioFormat.PCM16_24KHZ, " two");

        assertThat(playback.isSilent()).isTrue();
    }
}
