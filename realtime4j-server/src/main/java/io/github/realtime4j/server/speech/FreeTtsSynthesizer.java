package io.github.realtime4j.server.speech;

import com.sun.speech.freetts.ProcessException;
import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.audio.Resampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * English speech by FreeTTS, without a sound device: word by word, made phrase by phrase, 100 times faster than real time
 * or more. The voices are read at about -20 dBFS. A FreeTTS voice serves one phrase at a time, so there are as many as
 * processors, at most four, loaded when first needed; phrases spoken lately are kept. What is not English is a pause of
 * about the length of the words.
 */
public final class FreeTtsSynthesizer implements SpeechSynthesizer {
    private static final long CACHE_BYTES = 16L << 20;
    private static final double LOUDNESS = 3_277; // -20 dBFS
    private static final double HIGHEST_PEAK = 30_000;
    private static final int BLOCK = SAMPLE_RATE / 50;
    private static final double QUIET = 60; // -55 dBFS

    private final Semaphore permits;
    private final ConcurrentLinkedDeque<FreeTtsVoice> idle = new ConcurrentLinkedDeque<>();
    private final PhraseCache cache;

    public FreeTtsSynthesizer() {
        this(CACHE_BYTES);
    }

    /**
     * @param cacheBytes how much spoken audio is kept, in bytes; 0 for none
     */
    public FreeTtsSynthesizer(long cacheBytes) {
        this.permits = new Semaphore(Math.min(4, Runtime.getRuntime().availableProcessors()));
        this.cache = new PhraseCache(cacheBytes);
    }

    /** The one that all servers of this JVM can use together: its voices are loaded once. */
    public static FreeTtsSynthesizer shared() {
        return Shared.INSTANCE;
    }

    private static final class Shared {
        static final FreeTtsSynthesizer INSTANCE = new FreeTtsSynthesizer();
    }

    /**
     * Loads a voice and says something, so that the first answer comes as fast as the later ones.
     *
     * @throws IllegalStateException if FreeTTS or its data is not there
     */
    public void warmUp() {
        speak(new Utterance("Hello, this is a test of one, two, three words.", "alloy", 1))
                .next();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException on {@code next()}, if FreeTTS or its data is not there
     */
    @Override
    public Iterator<SpeechChunk> speak(Utterance utterance) {
        return new Chunks(utterance);
    }

    private final class Chunks implements Iterator<SpeechChunk> {
        private final Utterance utterance;
        private final SpokenText phrases;
        private Iterator<SpeechChunk> current = Collections.emptyIterator();

        Chunks(Utterance utterance) {
            this.utterance = utterance;
            this.phrases = new SpokenText(utterance.text());
        }

        @Override
        public boolean hasNext() {
            return current.hasNext() || phrases.hasNext();
        }

        @Override
        public SpeechChunk next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (!current.hasNext()) {
                current = phrase(phrases.next(), utterance).iterator();
            }
            return current.next();
        }
    }

    /** At least one chunk. */
    private List<SpeechChunk> phrase(List<SpokenText.Word> words, Utterance utterance) {
        StringBuilder text = new StringBuilder();
        words.forEach(word -> text.append(word.text()));
        Utterance key = new Utterance(text.toString(), utterance.voice(), utterance.speed());
        List<SpeechChunk> known = cache.get(key);
        if (known != null) {
            return known;
        }
        permits.acquireUninterruptibly();
        FreeTtsVoice voice = null;
        try {
            // Whoever was served before may have wanted the same.
            known = cache.get(key);
            if (known == null) {
                voice = idle.poll();
                voice = voice == null ? new FreeTtsVoice() : voice;
                known = List.copyOf(chunks(voice, words, utterance));
                cache.put(key, known);
            }
            return known;
        } finally {
            if (voice != null) {
                idle.push(voice);
            }
            permits.release();
        }
    }

    private static List<SpeechChunk> chunks(FreeTtsVoice voice, List<SpokenText.Word> words, Utterance utterance) {
        List<SpeechChunk> chunks = new ArrayList<>();
        int at = 0;
        while (at < words.size()) {
            int end = at;
            while (end < words.size() && words.get(end).pauseMillis() == 0) {
                end++;
            }
            if (end > at) {
                chunks.addAll(spoken(voice, words.subList(at, end), utterance));
            } else {
                chunks.add(pause(words.get(end++), utterance.speed()));
            }
            at = end;
        }
        return chunks;
    }

    /** Words that can be said, and marks between them that take no time. */
    private static List<SpeechChunk> spoken(FreeTtsVoice voice, List<SpokenText.Word> words, Utterance utterance) {
        List<String> sayable = new ArrayList<>();
        words.forEach(word -> {
            if (!word.spoken().isEmpty()) {
                sayable.add(word.spoken());
            }
        });
        VoiceCharacter character = VoiceCharacter.of(utterance.voice());
        FreeTtsVoice.Speech speech = sayable.isEmpty() ? null : say(voice, sayable, character, utterance.speed());
        short[] samples = speech == null ? new short[0] : levelled(speech.samples(), character.rate());
        double scale = speech == null ? 0 : (double) samples.length / Math.max(1, speech.samples().length);
        List<SpeechChunk> chunks = new ArrayList<>();
        int from = 0;
        int said = 0;
        for (SpokenText.Word word : words) {
            int to = from;
            if (speech != null && !word.spoken().isEmpty()) {
                to = Math.max(from, (int) Math.round(speech.ends()[said++] * scale));
            }
            chunks.add(new SpeechChunk(word.text(), Pcm16.toAudioBytes(Arrays.copyOfRange(samples, from, to))));
            from = to;
        }
        return chunks;
    }

    private static FreeTtsVoice.Speech say(
            FreeTtsVoice voice, List<String> words, VoiceCharacter character, double speed) {
        double shift = (double) character.rate() / FreeTtsVoice.RATE;
        double stretch = shift / character.pace() / speed;
        try {
            return voice.speak(words, character.pitch() / shift, character.liveliness() / shift, stretch);
        } catch (ProcessException | RuntimeException unpronounceable) {
            return silence(words, speed);
        }
    }

    /** What FreeTTS stumbles over (it was made for well-formed text) is a pause, as is other text it cannot say. */
    private static FreeTtsVoice.Speech silence(List<String> words, double speed) {
        int[] ends = new int[words.size()];
        double end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += words.get(i).length() * 0.06 * FreeTtsVoice.RATE / speed;
            ends[i] = (int) end;
        }
        return new FreeTtsVoice.Speech(new short[(int) end], ends);
    }

    private static SpeechChunk pause(SpokenText.Word word, double speed) {
        int samples = (int) (word.pauseMillis() * (SAMPLE_RATE / 1_000) / speed);
        return new SpeechChunk(word.text(), AudioBytes.wrap(new byte[samples * 2]));
    }

    /** At 24 kHz, and as loud as all the others while something is said. */
    private static short[] levelled(short[] samples, int rate) {
        short[] speech = Resampler.convert(samples, rate, SAMPLE_RATE);
        double squares = 0;
        int loud = 0;
        for (int at = 0; at < speech.length; at += BLOCK) {
            short[] block = Arrays.copyOfRange(speech, at, Math.min(speech.length, at + BLOCK));
            double rms = Pcm16.rms(block);
            if (rms > QUIET) {
                squares += rms * rms * block.length;
                loud += block.length;
            }
        }
        if (loud == 0) {
            return speech;
        }
        double gain = Math.min(LOUDNESS / Math.sqrt(squares / loud), HIGHEST_PEAK / Pcm16.peak(speech));
        return Pcm16.gain(speech, gain);
    }
}
