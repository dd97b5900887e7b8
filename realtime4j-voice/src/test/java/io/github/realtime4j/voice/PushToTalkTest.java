package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.server.ScriptedResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PushToTalkTest {
    @Test
    void aKeyThatIsHeldDownIsATurn() throws Exception {
        try (Room room = new Room(Room.PUSH_TO_TALK)) {
            room.server.enqueue(ScriptedResponse.text(Room.LONG_ANSWER), ScriptedResponse.text("All right."));
            Voice voice = room.start(room.voice(room.sink(24_000)));
            room.user.say("This is not for you.");
            room.pass(3_000);
            speak(room, voice);
            room.pass(3_000);
            speak(room, voice);
            room.pass(5_000);

            assertThat(room.events(VoiceEvent.Interrupted.class)).hasSize(1);
            assertThat(room.events(VoiceEvent.AssistantFinished.class))
                    .extracting(VoiceEvent.AssistantFinished::transcript)
                    .containsExactly("All right.");
            assertThat(room.commands())
                    .containsExactly(
                            "session.update",
                            "input_audio_buffer.commit",
                            "response.create",
                            "conversation.item.truncate",
                            "input_audio_buffer.commit",
                            "response.create");
        }
    }

    private static void speak(Room room, Voice voice) {
        voice.press();
        room.user.say("Tell me more.");
        room.pass(1_000);
        voice.release();
    }

    @Test
    void aKeyThatIsHardlyTouchedIsNoTurn() throws Exception {
        try (Room room = new Room(Room.PUSH_TO_TALK)) {
            Voice voice = room.start(room.voice(room.sink(24_000)));
            voice.press();
            room.pass(50);
            voice.release();
            room.pass(1_000);

            assertThat(room.commands()).containsExactly("session.update", "input_audio_buffer.clear");
        }
    }

    @Test
    void aTouchOfTheKeyIsNoTurnThoughTheSessionWasHandsFreeBefore() throws Exception {
        try (Room room = new Room(Room.HANDS_FREE)) {
            Voice voice = room.start(room.voice(room.sink(24_000)));
            room.pass(2_000);
            room.session.update(Room.PUSH_TO_TALK);
            room.pass(500);
            voice.press();
            room.pass(50);
            voice.release();
            room.pass(1_000);

            assertThat(room.commands()).endsWith("input_audio_buffer.clear");
        }
    }

    @Test
    void aKeyThatIsPressedTwiceIsPressedOnce() {
        try (Room room = new Room(Room.PUSH_TO_TALK)) {
            Voice voice = room.start(room.voice(room.sink(24_000)));
            voice.press();
            room.pass(500);
            voice.press();
            room.pass(500);
            voice.release();
            room.pass(500);

            assertThat(room.events(VoiceEvent.UserStarted.class))
                    .hasSameSizeAs(room.events(VoiceEvent.UserStopped.class));
        }
    }

    @Test
    void whoPressesAgainAtOnceIsNotAnswered() {
        try (Room room = new Room(Room.PUSH_TO_TALK)) {
            room.server.enqueue(ScriptedResponse.speech(Sounds.loud(3_000), "Hm."));
            Voice[] voice = new Voice[1];
            boolean[] bounces = new boolean[1];
            AudioSource source = new AudioSource() {
                @Override
                public int sampleRate() {
                    return 24_000;
                }

                @Override
                public int read(short[] samples, int offset, int length) {
                    if (bounces[0]) {
                        bounces[0] = false;
                        voice[0].press();
                    }
                    return room.user.read(samples, offset, length);
                }

                @Override
                public void close() {}
            };
            voice[0] = room.start(room.voice(room.sink(24_000)).source(source));
            voice[0].press();
            room.pass(1_000);
            voice[0].release();
            bounces[0] = true;
            room.pass(3_000);

            assertThat(Pcm16.peak(room.heard())).isZero();
        }
    }

    @Test
    void whoPressesTheKeyIsHeardFromTheFirstSound() throws Exception {
        try (Room room = new Room(Room.PUSH_TO_TALK)) {
            room.server.enqueue(ScriptedResponse.speech(Sounds.loud(3_000), "Hm."));
            List<short[]> sent = new ArrayList<>();
            HalfDuplexGate gate = new HalfDuplexGate();
            Voice voice = room.start(room.voice(room.sink(24_000)).echo(new EchoCanceller() {
                @Override
                public void open(int microphoneRate, int speakerRate) {
                    gate.open(microphoneRate, speakerRate);
                }

                @Override
                public void interrupted() {
                    gate.interrupted();
                }

                @Override
                public void microphone(short[] samples, int offset, int length, long unheard) {
                    gate.microphone(samples, offset, length, unheard);
                    sent.add(samples.clone());
                }
            }));
            room.session.respond();
            room.pass(1_500);
            short[] words = new short[12_000];
            Arrays.fill(words, (short) 5_000);
            voice.press();
            sent.clear();
            room.user.say(words);
            room.pass(500);
            long lost =
                    sent.stream().filter(piece -> piece[piece.length - 1] == 0).count();

            assertThat(lost * 20).isLessThanOrEqualTo(40);
        }
    }

    @Test
    void whatWasWithdrawnBeforeItBeganIsNotHeard() {
        try (Room room = Far.room(Room.PUSH_TO_TALK, 100)) {
            room.server.enqueue(ScriptedResponse.speech(Sounds.loud(3_000), "Hm."));
            Voice voice = room.start(room.voice(room.sink(24_000)));
            voice.press();
            room.user.say("Tell me more.");
            room.pass(1_000);
            voice.release();
            room.pass(60);
            voice.press();
            room.pass(5_000);

            assertThat(Pcm16.peak(room.heard())).isZero();
        }
    }

    @Test
    void aKeyNeedsASessionWithoutTurnDetection() {
        try (Room room = new Room(Room.HANDS_FREE)) {
            Voice voice = room.start(room.voice(room.sink(24_000)));

            assertThatThrownBy(voice::press)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The session has turn detection: push-to-talk needs "
                            + "SessionConfig.turnDetection(TurnDetection.OFF)");
        }
    }

    @Test
    void aKeyNeedsASource() {
        try (Room room = new Room(Room.PUSH_TO_TALK)) {
            room.session.connectAsync();
            room.pass(1_000);
            try (Voice voice =
                    Voice.attach(room.session).sink(room.sink(24_000)).stepped().start()) {
                assertThatThrownBy(voice::press)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("Push-to-talk needs a source: microphone(), or source(…)");
            }
        }
    }
}
