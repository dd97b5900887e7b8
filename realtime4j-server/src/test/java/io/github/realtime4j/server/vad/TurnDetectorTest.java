package io.github.realtime4j.server.vad;

import static io.github.realtime4j.server.vad.Sounds.join;
import static io.github.realtime4j.server.vad.Sounds.silence;
import static io.github.realtime4j.server.vad.Sounds.speech;
import static io.github.realtime4j.server.vad.Sounds.trimmed;
import static io.github.realtime4j.server.vad.Sounds.whiteNoise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.audio.AudioDecoder;
import io.github.realtime4j.audio.AudioEncoder;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.server.speech.ToneSynthesizer;
import io.github.realtime4j.server.vad.TurnEvent.SpeechStarted;
import io.github.realtime4j.server.vad.TurnEvent.SpeechStopped;
import io.github.realtime4j.server.vad.TurnPolicy.Eagerness;
import io.github.realtime4j.server.vad.TurnPolicy.SemanticVad;
import io.github.realtime4j.server.vad.TurnPolicy.ServerVad;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TurnDetectorTest {
    private static final ServerVad QUICK = new ServerVad(0.5, 0, 200);
    private static final ServerVad CALM = new ServerVad(0.5, 300, 500);
    private static final String SENTENCE = "I would like to book a table for four people at seven o'clock.";

    @ParameterizedTest
    @ValueSource(
            strings = {
                SENTENCE,
                "Hello, how are you today?",
                "Strictly speaking, sixty six sixth graders sat still.",
                "Yes please, that sounds great.",
                "No.",
                "Stop."
            })
    void aSentenceIsOneTurnWhoeverSpeaks(String text) {
        for (String voice : List.of("alloy", "cedar", "marin", "shimmer")) {
            short[] spoken = trimmed(speech(text, voice));
            List<TurnEvent> events = detect(QUICK, join(silence(500), spoken, silence(1_000)));
            assertThat(events).as(voice).hasSize(2);
            long start = ((SpeechStarted) events.get(0)).audioStartMs();
            long end = ((SpeechStopped) events.get(1)).audioEndMs();
            long trueEnd = 500 + millis(spoken);
            assertThat(start).as(voice).isBetween(500L - 64, 500L + 96).matches(ms -> ms % 32 == 0);
            assertThat(end).as(voice).isBetween(trueEnd + 200 - 96, trueEnd + 200 + 192);
            assertThat(end % 32).isZero();
        }
    }

    @Test
    void thePrefixIsSubtractedAndNeverReachesBelowZero() {
        short[] spoken = trimmed(speech("Hello.", "alloy"));
        SpeechStarted late = started(detect(CALM, join(silence(1_000), spoken, silence(900))));
        SpeechStarted bare = started(detect(new ServerVad(0.5, 0, 500), join(silence(1_000), spoken, silence(900))));
        assertThat(late.audioStartMs()).isEqualTo(bare.audioStartMs() - 300);
        assertThat((late.audioStartMs() + 300) % 32).isZero();
        assertThat(started(detect(CALM, join(spoken, silence(900)))).audioStartMs())
                .isZero();
    }

    @Test
    void theSilenceWaitedForBelongsToTheTurn() {
        short[] audio = join(trimmed(speech(SENTENCE, "alloy")), silence(2_500));
        long quick = stopped(detect(QUICK, audio)).audioEndMs();
        long calm = stopped(detect(CALM, audio)).audioEndMs();
        long patient = stopped(detect(new ServerVad(0.5, 0, 2_000), audio)).audioEndMs();
        assertThat(calm - quick).isEqualTo(512 - 224);
        assertThat(patient - quick).isEqualTo(2_016 - 224);
    }

    @Test
    void aPauseLongerThanTheSilenceDurationSplitsAndAShorterOneDoesNot() {
        short[] one = trimmed(speech("This is the first part", "alloy"));
        short[] other = trimmed(speech("and this is the second.", "alloy"));
        short[] audio = join(silence(300), one, silence(600), other, silence(1_500));
        assertThat(detect(CALM, audio)).hasSize(4);
        assertThat(detect(new ServerVad(0.5, 300, 800), audio)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 20, 15, 10, 5})
    void speechIsFoundInNoise(int signalToNoise) {
        short[] spoken = trimmed(speech(SENTENCE, "alloy"));
        short[] quiet = join(silence(2_000), spoken, silence(2_000));
        short[] noisy = Pcm16.mix(quiet, whiteNoise(quiet.length / 24, -20 - signalToNoise));
        List<TurnEvent> events = detect(new ServerVad(0.5, 0, 500), noisy);
        assertThat(events).hasSize(2);
        assertThat(started(events).audioStartMs()).isBetween(1_936L, 2_096L);
        long trueEnd = 2_000 + millis(spoken);
        assertThat(stopped(events).audioEndMs()).isBetween(trueEnd + 350, trueEnd + 800);
    }

    @Test
    void theResultDoesNotDependOnTheChunks() {
        short[] audio = join(
                silence(333), speech("Hello there.", "alloy"), silence(2_100), speech("Bye.", "coral"), silence(2_100));
        audio = Pcm16.mix(audio, whiteNoise(audio.length / 24, -50));
        for (TurnPolicy policy : List.of(CALM, new SemanticVad(Eagerness.HIGH))) {
            List<TurnEvent> whole = detect(policy, audio);
            assertThat(whole).hasSize(4);
            for (int size : new int[] {1, 7, 480, 767, 768, 769, 2_400, 100_000}) {
                assertThat(inChunks(policy, audio, size))
                        .as("chunks of %d", size)
                        .isEqualTo(whole);
            }
        }
    }

    private static List<TurnEvent> inChunks(TurnPolicy policy, short[] audio, int size) {
        TurnDetector detector = new TurnDetector(24_000);
        detector.configure(policy);
        List<TurnEvent> events = new ArrayList<>();
        for (int at = 0; at < audio.length; at += size) {
            events.addAll(detector.append(audio, at, Math.min(size, audio.length - at)));
        }
        return events;
    }

    @Test
    void aTelephoneHearsTheSameTurns() {
        short[] audio = join(silence(500), speech(SENTENCE, "marin"), silence(1_000));
        for (AudioFormat format : List.of(AudioFormat.PCMU, AudioFormat.PCMA)) {
            var wire = new AudioEncoder(format, 24_000).encode(audio);
            short[] narrow = new AudioDecoder(format, 8_000).decode(wire);
            TurnDetector detector = new TurnDetector(8_000);
            detector.configure(CALM);
            List<TurnEvent> events = detector.append(narrow);
            assertThat(events).hasSize(2);
            assertThat(started(events).audioStartMs()).isBetween(300L, 500L);
        }
    }

    @Test
    void soundsThatAreNotSpeechStartNothing() {
        short[] constant = silence(10_000);
        Arrays.fill(constant, (short) 8_000);
        assertThat(detect(CALM, silence(10_000))).isEmpty();
        assertThat(detect(CALM, constant)).isEmpty();
        for (int level : new int[] {-60, -50, -40, -30, -20, -10}) {
            assertThat(detect(CALM, whiteNoise(10_000, level)))
                    .as("noise %d", level)
                    .isEmpty();
        }
        for (int amplitude : new int[] {300, 3_000, 15_000}) {
            short[] hum = Sounds.sine(10_000, 50, amplitude);
            short[] overtone = Sounds.sine(10_000, 150, amplitude * 0.03);
            assertThat(detect(CALM, Pcm16.mix(hum, overtone)))
                    .as("hum %d", amplitude)
                    .isEmpty();
        }
    }

    @Test
    void clicksStartNothingWhereverTheyFall() {
        Random random = new Random(8);
        for (int offset = 0; offset < 768; offset += 48) {
            for (int millis : new int[] {1, 20, 63}) {
                short[] step = silence(millis);
                Arrays.fill(step, (short) 20_000);
                short[] burst = silence(millis);
                for (int i = 0; i < burst.length; i++) {
                    burst[i] = (short) random.nextInt();
                }
                short[] beep = Sounds.sine(millis, 440, 15_000);
                for (short[] click : List.of(step, burst, beep)) {
                    short[] audio = join(silence(500), new short[offset], click, silence(500));
                    assertThat(detect(CALM, audio))
                            .as("%d ms at %d", millis, offset)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void toneSynthesisIsATurn() {
        short[] audio = join(silence(200), speech(new ToneSynthesizer(), "Hello out there", "alloy"), silence(900));
        assertThat(detect(CALM, audio)).hasSize(2);
    }

    @Test
    void aSteadyToneIsTakenForBackgroundAfterAWhile() {
        assertThat(detect(CALM, Sounds.sine(10_000, 440, 8_000))).hasSize(2);
    }

    @Test
    void theThresholdDecidesHowMuchNoiseIsBelieved() {
        short[] burst = join(silence(1_000), whiteNoise(300, -20), silence(1_000));
        assertThat(detect(new ServerVad(0.5, 300, 500), burst)).isEmpty();
        assertThat(detect(new ServerVad(0.2, 300, 500), burst)).hasSize(2);
    }

    @Test
    void theClockCountsAllAudioEvenWhileOff() {
        TurnDetector detector = new TurnDetector(24_000);
        assertThat(detector.append(join(speech("Nobody listens.", "alloy"), silence(101))))
                .isEmpty();
        long before = detector.audioMs();
        detector.configure(CALM);
        List<TurnEvent> events = detector.append(join(silence(500), trimmed(speech("Hello.", "alloy")), silence(900)));
        assertThat(started(events).audioStartMs()).isBetween(before + 100, before + 300);
        assertThat((started(events).audioStartMs() + 300) % 32).isZero();
        assertThat(detector.audioMs()).isGreaterThan(before + 1_400);
    }

    @Test
    void theSilenceDurationCanChangeWithinATurn() {
        TurnDetector detector = new TurnDetector(24_000);
        detector.configure(new ServerVad(0.5, 300, 5_000));
        assertThat(detector.append(join(speech("Hello.", "alloy"), silence(400))))
                .hasSize(1);
        assertThat(detector.isSpeaking()).isTrue();
        detector.configure(QUICK);
        assertThat(detector.append(silence(32))).singleElement().isInstanceOf(SpeechStopped.class);
        assertThat(detector.isSpeaking()).isFalse();
    }

    @Test
    void aTurnEndedByTheClientHasNoEventAndTheNextOneStartsAnew() {
        TurnDetector detector = new TurnDetector(24_000);
        detector.configure(CALM);
        assertThat(detector.append(trimmed(speech("Hello.", "alloy")))).hasSize(1);
        detector.endTurn();
        assertThat(detector.append(silence(2_000))).isEmpty();
        assertThat(detector.append(trimmed(speech("Hello.", "alloy")))).hasSize(1);
        detector.configure(TurnPolicy.OFF);
        assertThat(detector.isSpeaking()).isFalse();
    }

    @Test
    void aFinishedSentenceEndsASemanticTurnSoonAndAnOpenEndLater() {
        short[] finished = join(silence(300), trimmed(speech(SENTENCE, "alloy")), silence(9_000));
        short[] open = join(silence(300), Sounds.sine(800, 220, 6_000), silence(9_000));
        // The tone's echo in the last window, and whole windows, may add up to 96 ms.
        long soon = stopped(detect(new SemanticVad(Eagerness.MEDIUM), finished)).audioEndMs();
        long last = 300 + millis(trimmed(speech(SENTENCE, "alloy")));
        assertThat(soon - last).isBetween(300L, 900L);
        for (Eagerness eagerness : Eagerness.values()) {
            long later = stopped(detect(new SemanticVad(eagerness), open)).audioEndMs() - 1_100;
            assertThat(later).isBetween(eagerness.longestWaitMs - 100L, eagerness.longestWaitMs + 100L);
        }
        assertThat(Eagerness.AUTO.longestWaitMs).isEqualTo(Eagerness.MEDIUM.longestWaitMs);
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> new ServerVad(1.5, 0, 0)).hasMessage("Expected a threshold of 0 to 1 but got 1.5");
        assertThatThrownBy(() -> new ServerVad(0.5, -1, 0))
                .hasMessage("Expected a prefix padding of at least 0 ms but got -1");
        assertThatThrownBy(() -> new TurnDetector(44_100))
                .hasMessage("Expected 8,000, 16,000, 24,000, 32,000, 40,000 or 48,000 Hz but got 44100");
    }

    private static List<TurnEvent> detect(TurnPolicy policy, short[] audio) {
        TurnDetector detector = new TurnDetector(24_000);
        detector.configure(policy);
        return detector.append(audio);
    }

    private static long millis(short[] audio) {
        return audio.length / 24;
    }

    private static SpeechStarted started(List<TurnEvent> events) {
        return (SpeechStarted) events.get(0);
    }

    private static SpeechStopped stopped(List<TurnEvent> events) {
        return (SpeechStopped) events.get(1);
    }
}
