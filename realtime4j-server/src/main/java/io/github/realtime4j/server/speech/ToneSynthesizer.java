package io.github.realtime4j.server.speech;

import io.github.realtime4j.audio.Pcm16;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A hum per word, with a gap between words and a longer one after a phrase: instant, the same bytes every time, and a
 * turn for every voice activity detector. For tests, and for machines on which FreeTTS does not work. Stateless.
 */
public final class ToneSynthesizer implements SpeechSynthesizer {
    private static final int LETTER = SAMPLE_RATE * 60 / 1_000;
    private static final int SHORTEST = SAMPLE_RATE * 160 / 1_000;
    private static final int LONGEST = SAMPLE_RATE * 600 / 1_000;
    private static final int GAP = SAMPLE_RATE * 40 / 1_000;
    private static final int PHRASE_GAP = SAMPLE_RATE * 300 / 1_000;
    private static final int FADE = SAMPLE_RATE * 10 / 1_000;
    private static final int HARMONICS = 12;
    private static final double AMPLITUDE = 4_000;

    public ToneSynthesizer() {}

    @Override
    public Iterator<SpeechChunk> speak(Utterance utterance) {
        SpokenText phrases = new SpokenText(utterance.text());
        return new Iterator<>() {
            private final List<SpeechChunk> ready = new ArrayList<>();

            @Override
            public boolean hasNext() {
                return !ready.isEmpty() || phrases.hasNext();
            }

            @Override
            public SpeechChunk next() {
                if (ready.isEmpty()) {
                    List<SpokenText.Word> words = phrases.next();
                    for (int i = 0; i < words.size(); i++) {
                        ready.add(chunk(words.get(i), i == words.size() - 1, utterance));
                    }
                }
                return ready.remove(0);
            }
        };
    }

    private static SpeechChunk chunk(SpokenText.Word word, boolean last, Utterance utterance) {
        int letters = word.text().strip().length();
        int tone = word.spoken().isEmpty() && word.pauseMillis() == 0
                ? 0
                : Math.max(SHORTEST, Math.min(LONGEST, letters * LETTER));
        int gap = last ? PHRASE_GAP : tone == 0 ? 0 : GAP;
        tone = (int) (tone / utterance.speed());
        short[] samples = new short[tone + (int) (gap / utterance.speed())];
        double pitch = VoiceCharacter.of(utterance.voice()).pitch();
        for (int i = 0; i < tone; i++) {
            double fade = Math.min(1, Math.min(i, tone - i) / (double) FADE);
            samples[i] = Pcm16.clip(AMPLITUDE * fade * hum(pitch, i));
        }
        return new SpeechChunk(word.text(), Pcm16.toAudioBytes(samples));
    }

    /** A voiced sound: harmonics that fall by 6 dB per octave. */
    private static double hum(double pitch, int sample) {
        double sum = 0;
        for (int harmonic = 1; harmonic <= HARMONICS; harmonic++) {
            sum += Math.sin(2 * Math.PI * pitch * harmonic * sample / SAMPLE_RATE) / harmonic;
        }
        return sum;
    }
}
