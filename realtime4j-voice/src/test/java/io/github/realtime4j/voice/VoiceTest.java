package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.protocol.Item.Role;
import io.github.realtime4j.server.ScriptedResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VoiceTest {
    @Test
    void theUserSpeaksAndTheAssistantIsHeardToTheEnd() throws Exception {
        try (Room room = new Room(Room.HANDS_FREE)) {
            room.server.enqueue(ScriptedResponse.text("It is fine."));
            room.start(room.voice(room.sink(24_000)));
            room.user.say("How is the weather?");
            room.pass(8_000);

            assertThat(room.events(VoiceEvent.UserStarted.class)).hasSize(1);
            assertThat(room.events(VoiceEvent.UserStopped.class)).hasSize(1);
            assertThat(room.events(VoiceEvent.AssistantFinished.class))
                    .extracting(VoiceEvent.AssistantFinished::transcript)
                    .containsExactly("It is fine.");
            assertThat(room.commands()).containsExactly("session.update");
        }
    }

    @Test
    void whatIsHeardIsWhatWasSentSampleForSample() {
        try (Room room = new Room(Room.HANDS_FREE)) {
            short[] reply = Sounds.ramp(60_000);
            room.server.enqueue(ScriptedResponse.speech(Pcm16.toAudioBytes(reply), "Hm."));
            room.start(room.voice(room.sink(24_000)));
            room.user.say("Go on.");
            room.pass(6_000);

            assertThat(room.heard()).containsSequence(reply);
        }
    }

    @Test
    void anInterruptionIsToldWithWhatWasHeard() throws Exception {
        try (Room room = new Room(Room.HANDS_FREE)) {
            room.server.enqueue(ScriptedResponse.text(Room.LONG_ANSWER), ScriptedResponse.text("Good bye."));
            room.start(room.voice(room.sink(24_000)));
            room.user.say("How is the weather?");
            room.pass(4_000);
            room.user.say("Stop it please.");
            room.pass(6_000);

            VoiceEvent.Interrupted cut =
                    room.events(VoiceEvent.Interrupted.class).get(0);
            assertThat(cut.played()).isBetween(Duration.ofMillis(500), Duration.ofMillis(4_000));
            assertThat(cut.received()).isGreaterThan(cut.played());
            assertThat(cut.heardText() + " " + cut.unheardText()).isEqualTo(Room.LONG_ANSWER);
            assertThat(room.events(VoiceEvent.AssistantFinished.class))
                    .extracting(VoiceEvent.AssistantFinished::transcript)
                    .containsExactly("Good bye.");
            assertThat(room.commands()).containsExactly("session.update", "conversation.item.truncate");
        }
    }

    @Test
    void captionsGrowAsTheyAreHeardAndNeverShrink() {
        try (Room room = new Room(Room.HANDS_FREE)) {
            room.server.enqueue(ScriptedResponse.text(Room.LONG_ANSWER));
            room.start(room.voice(room.sink(24_000)));
            room.user.say("Go on.");
            room.pass(12_000);

            List<VoiceEvent.Caption> captions = room.events(VoiceEvent.Caption.class);
            assertThat(captions).hasSizeGreaterThan(8).allMatch(caption -> Room.LONG_ANSWER.startsWith(caption.text()));
            for (int i = 1; i < captions.size(); i++) {
                assertThat(captions.get(i).text().length())
                        .isGreaterThanOrEqualTo(captions.get(i - 1).text().length());
            }
            VoiceEvent.Caption last = captions.get(captions.size() - 1);
            assertThat(last.isFinal()).isTrue();
            assertThat(last.speaker()).isEqualTo(Role.ASSISTANT);
        }
    }

    @Test
    void levelsTellHowLoudBothSidesAre() {
        try (Room room = new Room(Room.HANDS_FREE)) {
            room.server.enqueue(ScriptedResponse.text(Room.LONG_ANSWER));
            room.start(room.voice(room.sink(24_000)));
            room.user.say("Go on.");
            room.pass(10_000);

            List<VoiceEvent.Level> user = room.events(VoiceEvent.Level.class).stream()
                    .filter(level -> level.speaker().equals(Role.USER))
                    .toList();
            assertThat(user).hasSize(105);
            assertThat(user.get(0).rms()).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(user).anyMatch(level -> level.rms() > -30 && level.peak() > level.rms() && level.peak() < 0);
            assertThat(room.events(VoiceEvent.Level.class))
                    .anyMatch(level -> level.speaker().equals(Role.ASSISTANT) && level.rms() > -30);
        }
    }

    @Test
    void aMutedMicrophoneSendsSilence() {
        try (Room room = new Room(Room.HANDS_FREE)) {
            Voice voice = room.start(room.voice(room.sink(24_000)));
            voice.mute();
            assertThat(voice.isMuted()).isTrue();
            room.user.say("Can you hear me now?");
            room.pass(5_000);
            assertThat(room.events(VoiceEvent.UserStarted.class)).isEmpty();
            voice.unmute();
            room.user.say("Can you hear me now?");
            room.pass(5_000);

            assertThat(room.events(VoiceEvent.UserStarted.class)).hasSize(1);
        }
    }

    @Test
    void aPauseHoldsTheAssistantInMidWord() {
        try (Room room = new Room(Room.HANDS_FREE)) {
            short[] reply = Sounds.ramp(60_000);
            room.server.enqueue(ScriptedResponse.speech(Pcm16.toAudioBytes(reply), "Hm."));
            Voice voice = room.start(room.voice(room.sink(24_000)));
            room.user.say("Go on.");
            room.pass(2_500);
            voice.pause();
            long heard = voice.playback().heard(part(room)).toMillis();
            room.pass(10_000);
            assertThat(voice.playback().heard(part(room)).toMillis())
                    .isEqualTo(heard)
                    .isBetween(100L, 2_400L);
            voice.resume();
            room.pass(5_000);

            assertThat(voice.playback().heard(part(room))).isEqualTo(Duration.ofMillis(2_500));
            assertThat(room.events(VoiceEvent.AssistantFinished.class)).hasSize(1);
        }
    }

    private static PlaybackClock.Part part(Room room) {
        return new PlaybackClock.Part(
                room.events(VoiceEvent.AssistantStarted.class).get(0).itemId(), 0);
    }

    @Test
    void whatALoudspeakerSaysIsNotHeardAsTheUser() {
        try (Room room = new Room(Room.HANDS_FREE)) {
            room.server.enqueue(ScriptedResponse.text(Room.LONG_ANSWER));
            room.start(room.voice(new Loudspeaker(room.sink(24_000))));
            room.user.say("How is the weather?");
            room.pass(4_000);
            room.user.say("It is a fine day.");
            room.pass(8_000);

            assertThat(room.events(VoiceEvent.Interrupted.class)).isEmpty();
            assertThat(room.events(VoiceEvent.AssistantFinished.class)).hasSize(1);
        }
    }

    @Test
    void withHeadphonesTheUserInterruptsByVoice() {
        try (Room room = new Room(Room.HANDS_FREE)) {
            room.server.enqueue(ScriptedResponse.text(Room.LONG_ANSWER));
            room.start(room.voice(new Loudspeaker(room.sink(24_000))).headphones());
            room.user.say("How is the weather?");
            room.pass(4_000);
            room.user.say("Stop it please.");
            room.pass(3_000);

            assertThat(room.events(VoiceEvent.Interrupted.class)).hasSize(1);
        }
    }

    @Test
    void anInterruptedReplyIsHeardNoMoreWhateverStillComesOfIt() {
        try (Room room = new Room(Room.HANDS_FREE)) {
            byte[] loud = new byte[30 * 48_000];
            Arrays.fill(loud, (byte) 0x20);
            room.server.enqueue(ScriptedResponse.speech(AudioBytes.wrap(loud), "A very long story."));
            room.server.enqueue(ScriptedResponse.nothing());
            room.start(room.voice(room.sink(24_000)));
            room.user.say("Tell me a story.");
            room.pass(2_500);
            room.user.say("Stop it please.");
            room.pass(2_000);
            long then = room.heardSamples();
            room.pass(20_000);

            assertThat(room.events(VoiceEvent.Interrupted.class)).hasSize(1);
            short[] heard = room.heard();
            for (int i = (int) then; i < heard.length; i++) {
                assertThat(heard[i]).isZero();
            }
            assertThat(room.voice().conversation().retained()).isZero();
        }
    }
}
