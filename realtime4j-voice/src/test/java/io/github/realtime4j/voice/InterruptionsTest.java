package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.protocol.InputAudioTranscription;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TranscriptionModel;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.server.ScriptedTranscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** False interruptions, with the embedded server and its turn detection. */
final class InterruptionsTest {
    private static final int RATE = 24_000;

    /** So sensitive that a clap is speech. */
    private static final SessionConfig NERVOUS = SessionConfig.builder()
            .turnDetection(TurnDetection.serverVad().threshold(0.05).silenceDurationMs(200))
            .build();

    /** A loud vowel: long enough for the server, and not for the guard. */
    private static short[] grunt() {
        return Arrays.copyOf(User.speech("Ooooooooh", RATE), RATE * 170 / 1_000);
    }

    @Test
    void aShortNoiseDoesNotDisturbTheAssistant() throws Exception {
        try (Room room = new Room(NERVOUS)) {
            short[] reply = Sounds.ramp(96_000);
            room.server.enqueue(ScriptedResponse.speech(Pcm16.toAudioBytes(reply), "Hm."));
            room.start(room.voice(room.sink(RATE)).interruptions(Interruptions.sustained(Duration.ofMillis(250))));
            room.user.say("Please do go on.");
            room.pass(3_000);
            room.user.say(grunt());
            room.pass(6_000);

            assertThat(room.events(VoiceEvent.UserStarted.class)).hasSize(2);
            assertThat(room.events(VoiceEvent.NoiseIgnored.class)).hasSize(1);
            assertThat(room.events(VoiceEvent.Interrupted.class)).isEmpty();
            assertThat(room.heard()).containsSequence(reply);
            assertThat(room.commands())
                    .containsExactly("session.update", "session.update", "response.create", "conversation.item.delete");
        }
    }

    @Test
    void speechInterruptsAndIsAnsweredWhenThisSideDecides() throws Exception {
        try (Room room = new Room(NERVOUS)) {
            room.server.enqueue(
                    ScriptedResponse.speech(Pcm16.toAudioBytes(Sounds.ramp(240_000)), "Hm."),
                    ScriptedResponse.text("All right."));
            room.start(room.voice(room.sink(RATE)).interruptions(Interruptions.sustained(Duration.ofMillis(250))));
            room.user.say("Please do go on.");
            room.pass(3_000);
            room.user.say("No, stop that please.");
            room.pass(6_000);

            assertThat(room.events(VoiceEvent.Interrupted.class)).hasSize(1);
            assertThat(room.events(VoiceEvent.AssistantFinished.class))
                    .extracting(VoiceEvent.AssistantFinished::transcript)
                    .containsExactly("All right.");
            assertThat(room.commands())
                    .containsSubsequence("response.create", "conversation.item.truncate", "response.create")
                    .doesNotContain("conversation.item.delete");
        }
    }

    @Test
    void theHeldSpeechGoesOnWithoutLosingASample() {
        try (Room room = new Room(NERVOUS)) {
            short[] reply = Sounds.ramp(120_000);
            room.server.enqueue(ScriptedResponse.speech(Pcm16.toAudioBytes(reply), "Hm."));
            room.start(room.voice(room.sink(RATE)).interruptions(Interruptions.recoverable()));
            room.user.say("Please do go on.");
            room.pass(3_000);
            room.user.say(grunt());
            room.pass(8_000);

            assertThat(room.events(VoiceEvent.Resumed.class)).hasSize(1);
            assertThat(room.events(VoiceEvent.Interrupted.class)).isEmpty();
            assertThat(room.events(VoiceEvent.AssistantFinished.class)).hasSize(1);
            assertThat(withoutPause(room.heard(), reply)).isTrue();
        }
    }

    /** Whether the reply was heard in two parts, the first with its end faded a second time. */
    private static boolean withoutPause(short[] heard, short[] reply) {
        int start = indexOf(heard, reply, 0, 1_000, 0);
        int cut = 0;
        while (start + cut < heard.length && heard[start + cut] == reply[cut]) {
            cut++;
        }
        return cut < reply.length && indexOf(heard, reply, cut, reply.length - cut, start + cut) > 0;
    }

    private static int indexOf(short[] heard, short[] reply, int from, int length, int after) {
        for (int at = after; at + length <= heard.length; at++) {
            if (heard[at] == reply[from]
                    && heard[at + 1] == reply[from + 1]
                    && Arrays.equals(heard, at, at + length, reply, from, from + length)) {
                return at;
            }
        }
        return -1;
    }

    @Test
    void anAnticipatedInterruptionSilencesTheAssistantBeforeTheServerHearsTheUser() throws Exception {
        SessionConfig config =
                SessionConfig.builder().turnDetection(TurnDetection.serverVad()).build();
        try (Room room = new Room(config)) {
            room.server.enqueue(
                    ScriptedResponse.speech(Pcm16.toAudioBytes(Sounds.ramp(240_000)), "Hm."),
                    ScriptedResponse.text("All right."));
            room.start(room.voice(room.sink(RATE)).interruptions(Interruptions.IMMEDIATE.anticipating()));
            room.user.say("Please do go on.");
            room.pass(3_000);
            long word = room.heard().length;
            room.user.say(vowel(1_000));
            room.pass(130);
            assertThat(room.events(VoiceEvent.UserStarted.class)).hasSize(1);
            long held = room.voice().playback().heard(part(room)).toMillis();
            room.pass(6_000);

            short[] heard = room.heard();
            for (int i = (int) word + RATE * 120 / 1_000; i < word + RATE; i++) {
                assertThat(heard[i])
                        .as("%d ms after the word", (i - word) * 1_000 / RATE)
                        .isZero();
            }
            assertThat(room.events(VoiceEvent.Interrupted.class))
                    .singleElement()
                    .satisfies(cut -> assertThat(cut.played().toMillis()).isEqualTo(held));
            assertThat(room.events(VoiceEvent.AssistantFinished.class)).hasSize(1);
        }
    }

    @Test
    void aSoundThatTheServerDoesNotHearCostsTheAssistantNoSample() {
        SessionConfig config = SessionConfig.builder()
                .turnDetection(TurnDetection.serverVad().threshold(0.95))
                .build();
        try (Room room = new Room(config)) {
            short[] reply = Sounds.ramp(120_000);
            room.server.enqueue(ScriptedResponse.speech(Pcm16.toAudioBytes(reply), "Hm."));
            room.start(room.voice(room.sink(RATE)).interruptions(Interruptions.IMMEDIATE.anticipating()));
            room.session.respond();
            room.pass(2_000);
            room.user.say(Arrays.copyOf(vowel(1_000), RATE / 10));
            room.pass(8_000);

            assertThat(room.events(VoiceEvent.UserStarted.class)).isEmpty();
            assertThat(room.events(VoiceEvent.Resumed.class)).hasSize(1);
            assertThat(room.events(VoiceEvent.AssistantFinished.class)).hasSize(1);
            assertThat(withoutPause(room.heard(), reply)).isTrue();
        }
    }

    @Test
    void aPauseOutlastsADoubtfulInterruption() {
        SessionConfig config = SessionConfig.builder()
                .turnDetection(TurnDetection.serverVad().threshold(0.95))
                .build();
        try (Room room = new Room(config)) {
            room.server.enqueue(ScriptedResponse.speech(Pcm16.toAudioBytes(Sounds.ramp(60_000)), "Hm."));
            Voice voice = room.start(room.voice(room.sink(RATE)).interruptions(Interruptions.IMMEDIATE.anticipating()));
            room.session.respond();
            room.pass(1_000);
            room.user.say(Arrays.copyOf(vowel(1_000), RATE / 10));
            room.pass(300);
            voice.pause();
            Duration heard = voice.playback().heard(part(room));
            room.pass(5_000);

            assertThat(room.events(VoiceEvent.Resumed.class)).hasSize(1);
            assertThat(voice.playback().heard(part(room))).isEqualTo(heard);
            voice.resume();
            room.pass(5_000);
            assertThat(room.events(VoiceEvent.AssistantFinished.class)).hasSize(1);
        }
    }

    /** A buzz with overtones, loud from its first sample. */
    private static short[] vowel(int millis) {
        short[] samples = new short[RATE * millis / 1_000];
        for (int i = 0; i < samples.length; i++) {
            double phase = 2 * Math.PI * 140 * i / RATE;
            samples[i] = (short) (4_000 * (Math.sin(phase) + 0.7 * Math.sin(4 * phase) + 0.5 * Math.sin(9 * phase)));
        }
        return samples;
    }

    private static PlaybackClock.Part part(Room room) {
        return new PlaybackClock.Part(
                room.events(VoiceEvent.AssistantStarted.class).get(0).itemId(), 0);
    }

    @Test
    void aTurnWithoutWordsIsNoInterruption() throws Exception {
        ScriptedTranscriber words = new ScriptedTranscriber();
        words.enqueue("Please do go on.");
        words.enqueue("");
        SessionConfig config = SessionConfig.builder()
                .turnDetection(TurnDetection.serverVad().silenceDurationMs(200))
                .transcription(InputAudioTranscription.of(TranscriptionModel.GPT_4O_MINI_TRANSCRIBE))
                .build();
        try (Room room = new Room(
                config,
                RATE,
                (time, transport) -> transport,
                true,
                RealtimeServer.builder().transcriber(words))) {
            room.server.enqueue(ScriptedResponse.speech(Pcm16.toAudioBytes(Sounds.ramp(120_000)), "Hm."));
            room.start(room.voice(room.sink(RATE)).interruptions(Interruptions.recoverable()));
            room.user.say("Please do go on.");
            room.pass(3_000);
            room.user.say("Hm hm hm.");
            room.pass(8_000);

            assertThat(room.events(VoiceEvent.Resumed.class)).hasSize(1);
            assertThat(room.events(VoiceEvent.AssistantFinished.class)).hasSize(1);
            assertThat(room.commands())
                    .contains("conversation.item.delete")
                    .doesNotContain("conversation.item.truncate");
        }
    }

    @Test
    void aTurnIsAnsweredOnceThoughTurnDetectionHasChanged() {
        try (Room room = new Room(Room.HANDS_FREE)) {
            List<ResponseEvent.Created> created = new ArrayList<>();
            room.session.on(ResponseEvent.Created.class, created::add);
            room.server.enqueue(ScriptedResponse.text("One."), ScriptedResponse.text("Two."));
            room.start(room.voice(room.sink(24_000)).interruptions(Interruptions.sustained(Duration.ofMillis(200))));
            room.session.update(SessionConfig.builder()
                    .turnDetection(TurnDetection.serverVad().silenceDurationMs(700))
                    .build());
            room.pass(500);
            room.user.say("How is the weather?");
            room.pass(8_000);

            assertThat(created).hasSize(1);
        }
    }

    @Test
    void whatIsHeldIsHeardToTheEndWhenTheInputIsCleared() {
        try (Room room = new Room(Room.HANDS_FREE)) {
            holdInMidWord(room);
            room.session.input().clear();
            room.pass(20_000);

            assertThat(room.voice().isSilent()).isTrue();
        }
    }

    @Test
    void whatIsHeldIsHeardToTheEndWhenTheConnectionEnds() {
        try (Room room = new Room(Room.HANDS_FREE)) {
            holdInMidWord(room);
            room.session.abort();
            room.pass(20_000);

            assertThat(room.voice().isSilent()).isTrue();
        }
    }

    /** The server has just heard something, and nobody knows yet what it is. */
    private static void holdInMidWord(Room room) {
        room.server.enqueue(ScriptedResponse.text(Room.LONG_ANSWER));
        room.start(room.voice(room.sink(RATE)).interruptions(Interruptions.recoverable()));
        room.user.say("How is the weather?");
        room.pass(3_000);
        room.user.say(grunt());
        for (int i = 0; i < 100 && room.events(VoiceEvent.UserStarted.class).size() < 2; i++) {
            room.pass(10);
        }
        assertThat(room.events(VoiceEvent.UserStarted.class)).hasSize(2);
        assertThat(room.voice().isSilent()).isFalse();
    }

    @Test
    void thePauseOfTheApplicationOutlivesAnInterruption() {
        try (Room room = new Room(Room.PUSH_TO_TALK)) {
            room.server.enqueue(ScriptedResponse.speech(Sounds.loud(3_000), "Hm."));
            Voice voice = room.start(room.voice(room.sink(24_000)));
            voice.pause();
            voice.press();
            voice.release();
            room.session.respond();
            room.pass(3_000);

            assertThat(Pcm16.peak(room.heard())).isZero();
        }
    }
}
