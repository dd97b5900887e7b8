package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.protocol.ResponseConfig;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.ScriptedResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Responses that are heard otherwise than the ordinary one. */
final class SpokenResponsesTest {
    @Test
    void captionsGrowAgainAfterAnInterruption() {
        try (Room room = new Room(Room.HANDS_FREE)) {
            String answer = "All right, then let us talk of something else.";
            room.server.enqueue(
                    ScriptedResponse.text(Room.LONG_ANSWER + " " + Room.LONG_ANSWER), ScriptedResponse.text(answer));
            room.start(room.voice(room.sink(24_000)));
            room.user.say("How is the weather?");
            room.pass(9_000);
            room.user.say("Stop it please.");
            room.pass(10_000);

            assertThat(room.events(VoiceEvent.Interrupted.class)).hasSize(1);
            assertThat(room.events(VoiceEvent.Caption.class))
                    .filteredOn(caption -> !caption.isFinal() && answer.startsWith(caption.text()))
                    .hasSizeGreaterThan(3);
        }
    }

    @Test
    void aResponseIsPlayedInItsOwnFormat() {
        try (Room room = new Room(Room.PUSH_TO_TALK)) {
            room.server.enqueue(ScriptedResponse.speech(Sounds.loud(2_000), "Hm."));
            room.start(room.voice(room.sink(24_000)));
            room.session.respond(
                    ResponseConfig.builder().outputFormat(AudioFormat.PCMU).build());
            room.pass(4_000);
            int samples = 0;
            for (short sample : room.heard()) {
                samples += sample == 0 ? 0 : 1;
            }

            assertThat(samples / 24).isBetween(1_900, 2_100);
        }
    }

    @Test
    void aTruncationCountsInTheFormatInWhichTheItemCame() throws Exception {
        SessionConfig config = SessionConfig.builder()
                .turnDetection(TurnDetection.OFF)
                .outputFormat(AudioFormat.PCMU)
                .build();
        try (Room room = new Room(config)) {
            room.server.enqueue(ScriptedResponse.speech(Sounds.loud(4_000), "Hm."));
            Voice voice = room.start(room.voice(room.sink(24_000)));
            room.session.respond();
            room.pass(2_000);
            room.session.update(SessionConfig.builder()
                    .outputFormat(AudioFormat.PCM16_24KHZ)
                    .build());
            room.pass(200);
            voice.press();
            room.pass(500);
            VoiceEvent.Interrupted cut =
                    room.events(VoiceEvent.Interrupted.class).get(0);
            room.session.closeAsync();
            room.pass(1_000);

            assertThat(cut.played()).isBetween(Duration.ofMillis(1_500), Duration.ofMillis(2_300));
            assertThat(room.server.takeSession().received().toString())
                    .contains("\"audio_end_ms\":" + cut.played().toMillis());
        }
    }

    @Test
    void whatAnotherResponseSaysBesideTheConversationIsNotTruncated() throws Exception {
        try (Room room = new Room(Room.PUSH_TO_TALK)) {
            room.server.enqueue(ScriptedResponse.speech(Sounds.loud(3_000), "Hm."));
            Voice voice = room.start(room.voice(room.sink(24_000)));
            room.session.respond(ResponseConfig.builder().outOfBand().build());
            room.pass(1_500);
            assertThat(Pcm16.peak(room.heard())).isPositive();
            voice.press();
            room.pass(500);

            assertThat(room.commands()).doesNotContain("conversation.item.truncate");
        }
    }

    @Test
    void nobodyHasHeardMoreThanWasReceived() {
        for (int rate : new int[] {8_000, 16_000, 22_050, 44_100, 48_000}) {
            for (int at = 300; at < 340; at += 5) {
                try (Room room = new Room(Room.PUSH_TO_TALK)) {
                    room.server.enqueue(ScriptedResponse.speech(Sounds.loud(301), "Hm."));
                    Voice voice = room.start(room.voice(room.sink(rate)));
                    room.session.respond();
                    room.pass(at);
                    voice.press();
                    room.pass(100);
                    for (VoiceEvent.Interrupted cut : room.events(VoiceEvent.Interrupted.class)) {
                        assertThat(cut.played()).as("%d Hz, %d ms", rate, at).isLessThanOrEqualTo(cut.received());
                    }
                }
            }
        }
    }
}
