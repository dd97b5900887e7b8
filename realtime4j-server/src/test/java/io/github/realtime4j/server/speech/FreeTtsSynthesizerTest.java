package io.github.realtime4j.server.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.realtime4j.audio.Pcm16;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("It looks at the console, and at all threads")
final class FreeTtsSynthesizerTest {
    private static final String SENTENCE = "Hello there, how can I help you today?";

    private final SpeechSynthesizer speech = FreeTtsSynthesizer.shared();

    @Test
    void speaksWordByWordInThePaceOfSpeech() {
        List<SpeechChunk> chunks = all(SENTENCE, "alloy", 1);
        assertThat(chunks)
                .extracting(SpeechChunk::text)
                .containsExactly("Hello", " there,", " how", " can", " I", " help", " you", " today?");
        assertThat(seconds(chunks)).isBetween(1.8, 4.0);
        for (SpeechChunk chunk : chunks) {
            assertThat(seconds(List.of(chunk))).as(chunk.text()).isBetween(0.03, 1.2);
        }
    }

    @Test
    void everyVoiceIsAboutEquallyLoudAndNeverClips() {
        for (String voice : VoiceCharacter.names()) {
            short[] samples = samples(all(SENTENCE, voice, 1));
            assertThat(Pcm16.level(samples)).as(voice).isBetween(-23.0, -19.0);
            assertThat(Pcm16.peak(samples)).as(voice).isLessThanOrEqualTo(30_001);
        }
    }

    @Test
    void theVoicesHaveDifferentPitches() {
        for (String voice : VoiceCharacter.names()) {
            double expected = VoiceCharacter.of(voice).pitch();
            assertThat(pitch(samples(all(SENTENCE, voice, 1)))).as(voice).isCloseTo(expected, within(expected * 0.2));
        }
        assertThat(VoiceCharacter.names()).hasSize(10);
        assertThat(all(SENTENCE, "voice_1234", 1)).isEqualTo(all(SENTENCE, "voice_1234", 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.5, 1.5})
    void speedChangesTheLengthButNotThePitch(double speed) {
        List<SpeechChunk> normal = all(SENTENCE, "echo", 1);
        List<SpeechChunk> changed = all(SENTENCE, "echo", speed);
        assertThat(seconds(changed)).isCloseTo(seconds(normal) / speed, within(seconds(normal) / speed * 0.15));
        assertThat(pitch(samples(changed))).isCloseTo(106, within(20.0));
    }

    @Test
    void aSpeedOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new Utterance("x", "alloy", Double.NaN))
                .hasMessage("Expected a speed of 0.25 to 1.5 but got NaN");
    }

    @Test
    void theSameTextSoundsTheSameWithAndWithoutCache() {
        List<SpeechChunk> first = all(new FreeTtsSynthesizer(0), SENTENCE, "alloy", 1);
        assertThat(all(SENTENCE, "alloy", 1)).isEqualTo(first);
        assertThat(all(SENTENCE, "alloy", 1)).isEqualTo(first);
    }

    @Test
    void textsThatAreNotEnglishBecomePausesOfFittingLength() {
        assertThat(all("", "alloy", 1)).isEmpty();
        assertThat(seconds(all(" \n ", "alloy", 1))).isZero();
        assertThat(seconds(all("...", "alloy", 1))).isZero();
        assertThat(seconds(all("\u041F\u0440\u0438\u0432\u0435\u0442 \u043C\u0438\u0440", "alloy", 1)))
                .isCloseTo(0.72, within(0.001));
        List<SpeechChunk> mixed = all("Say \u65E5\u672C\u8A9E now", "alloy", 1);
        assertThat(mixed).extracting(SpeechChunk::text).containsExactly("Say", " \u65E5\u672C\u8A9E", " now");
        assertThat(Pcm16.peak(mixed.get(0).samples())).isGreaterThan(3_000);
        assertThat(mixed.get(1).samples()).hasSize(14_400).containsOnly(0);
        assertThat(Pcm16.peak(mixed.get(2).samples())).isGreaterThan(3_000);
    }

    @Test
    void accentsDigitsAndSymbolsAreSpoken() {
        for (String word : List.of("caf\u00E9", "1,234", "$12.50", "&", "\u201Cquoted\u201D", "it\u2019s", "3%")) {
            assertThat(Pcm16.peak(samples(all(word, "alloy", 1)))).as(word).isGreaterThan(3_000);
        }
    }

    @Test
    void anyTextIsGivenBackWholeWithoutAnErrorOrANoise() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream noise = new ByteArrayOutputStream();
        PrintStream quiet = new PrintStream(noise, true, StandardCharsets.UTF_8);
        System.setOut(quiet);
        System.setErr(quiet);
        try {
            Random random = new Random(4);
            for (int round = 0; round < 150; round++) {
                String text = randomText(random);
                StringBuilder spoken = new StringBuilder();
                all(text, "alloy", 1.5).forEach(chunk -> spoken.append(chunk.text()));
                assertThat(spoken.toString()).isEqualTo(text);
            }
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(noise.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private static String randomText(Random random) {
        String alphabet =
                "aeioubcdfgz  AZ019.,;:!?'\"()[]<>/\\-_$%&*#@+=~\t\n\u00E9\u2019\u2014\u00DF\u0436\u4E2D\u0661\u200D";
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(40);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.append(random.nextInt(5) == 0 ? "\uD83D\uDE00" : "").toString();
    }

    @Test
    void aLongWordAndALongTextAreMadePieceByPiece() {
        Iterator<SpeechChunk> chunks =
                speech.speak(new Utterance("A first sentence. " + "x9".repeat(500_000), "alloy", 1));
        assertThat(chunks.next().text()).isEqualTo("A");
        assertThat(chunks.next().text()).isEqualTo(" first");
        assertThat(chunks.next().text()).isEqualTo(" sentence.");
        assertThat(chunks.hasNext()).isTrue();
    }

    @Test
    void manySessionsSpeakAtOnceAndHearTheirOwnText() throws Exception {
        FreeTtsSynthesizer synthesizer = new FreeTtsSynthesizer(0);
        List<String> texts = List.of("The first one.", "Another answer here.", "Three, two, one.");
        List<List<SpeechChunk>> expected =
                texts.stream().map(text -> all(text, "marin", 1)).toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<List<SpeechChunk>>> calls = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                String text = texts.get(i % 3);
                calls.add(() -> all(synthesizer, text, "marin", 1));
            }
            List<Future<List<SpeechChunk>>> spoken = threads.invokeAll(calls);
            for (int i = 0; i < spoken.size(); i++) {
                assertThat(spoken.get(i).get()).isEqualTo(expected.get(i % 3));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void noThreadStaysBehind() {
        assertThat(all("Hello.", "alloy", 1)).isNotEmpty();
        assertThat(Thread.getAllStackTraces().values())
                .noneMatch(stack -> List.of(stack).toString().contains("com.sun.speech.freetts"));
    }

    private List<SpeechChunk> all(String text, String voice, double speed) {
        return all(speech, text, voice, speed);
    }

    private static List<SpeechChunk> all(SpeechSynthesizer speech, String text, String voice, double speed) {
        List<SpeechChunk> chunks = new ArrayList<>();
        speech.speak(new Utterance(text, voice, speed)).forEachRemaining(chunks::add);
        return chunks;
    }

    private static short[] samples(List<SpeechChunk> chunks) {
        short[] samples = {};
        for (SpeechChunk chunk : chunks) {
            samples = Pcm16.concat(samples, chunk.samples());
        }
        return samples;
    }

    private static double seconds(List<SpeechChunk> chunks) {
        return samples(chunks).length / (double) SpeechSynthesizer.SAMPLE_RATE;
    }

    /** The median of the pitches of all voiced 40 ms, by autocorrelation. */
    private static double pitch(short[] samples) {
        List<Double> pitches = new ArrayList<>();
        int frame = 960;
        for (int at = 0; at + 2 * frame < samples.length; at += frame) {
            double best = 0;
            int bestLag = 0;
            double energy = dot(samples, at, at, frame);
            for (int lag = 80; lag <= 400; lag++) {
                double other = dot(samples, at + lag, at + lag, frame);
                double correlation = dot(samples, at, at + lag, frame) / Math.sqrt(energy * other + 1);
                if (correlation > best + 0.02) {
                    best = correlation;
                    bestLag = lag;
                }
            }
            if (best > 0.8 && energy / frame > 500_000) {
                pitches.add(24_000.0 / bestLag);
            }
        }
        pitches.sort(null);
        return pitches.get(pitches.size() / 2);
    }

    private static double dot(short[] samples, int one, int other, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (double) samples[one + i] * samples[other + i];
        }
        return sum;
    }
}
