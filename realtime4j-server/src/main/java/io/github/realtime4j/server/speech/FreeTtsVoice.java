package io.github.realtime4j.server.speech;

import com.sun.speech.freetts.Age;
import com.sun.speech.freetts.Gender;
import com.sun.speech.freetts.Item;
import com.sun.speech.freetts.OutputQueue;
import com.sun.speech.freetts.ProcessException;
import com.sun.speech.freetts.Relation;
import com.sun.speech.freetts.Token;
import com.sun.speech.freetts.Tokenizer;
import com.sun.speech.freetts.UtteranceProcessor;
import com.sun.speech.freetts.Voice;
import com.sun.speech.freetts.en.us.CMUDiphoneVoice;
import com.sun.speech.freetts.en.us.CMULexicon;
import com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory;
import com.sun.speech.freetts.relp.LPCResult;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One loaded FreeTTS voice, kevin16. It runs the voice's own processors in the caller's thread and takes the samples from
 * the last one: no audio player, no output thread, nothing of {@code javax.sound}. Not thread safe.
 */
final class FreeTtsVoice {
    static final int RATE = 16_000;

    private static final String DATABASE = "cmu_us_kal16.bin";

    /** FreeTTS reads its lexicon through static fields: one voice loads at a time. */
    private static final Object LOADING = new Object();

    private final Voice voice;

    /**
     * One phrase.
     *
     * @param samples at {@link #RATE}
     * @param ends where each word ends, as a sample number, never falling; the last one is the length
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, stays in this package
    record Speech(short[] samples, int[] ends) {}

    /**
     * Loads the voice: under a second, about 10 MB.
     *
     * @throws IllegalStateException if FreeTTS or its data is not there
     */
    FreeTtsVoice() {
        URL database = KevinVoiceDirectory.class.getResource(DATABASE);
        if (database == null) {
            throw new IllegalStateException("Expected " + DATABASE + " in the FreeTTS jar but it is missing");
        }
        voice = new CMUDiphoneVoice(
                "kevin16",
                Gender.MALE,
                Age.YOUNGER_ADULT,
                "default 16-bit diphone voice",
                Locale.US,
                "general",
                "cmu",
                new CMULexicon("cmulex"),
                database);
        // Without a queue of its own the voice would start a thread that nobody stops.
        voice.setOutputQueue(new OutputQueue());
        synchronized (LOADING) {
            voice.allocate();
        }
    }

    /**
     * @param words what is to be said, each not empty and in ASCII
     * @param stretch of the durations: 2 is twice as slow
     * @throws ProcessException if FreeTTS cannot make sense of a word
     */
    Speech speak(List<String> words, double pitch, double range, double stretch) throws ProcessException {
        voice.setPitch((float) pitch);
        voice.setPitchRange((float) range);
        voice.setDurationStretch((float) stretch);
        List<Token> tokens = new ArrayList<>();
        int[] tokensUpTo = new int[words.size()];
        for (int i = 0; i < tokensUpTo.length; i++) {
            addTokens(words.get(i), tokens);
            tokensUpTo[i] = tokens.size();
        }
        com.sun.speech.freetts.Utterance utterance = new com.sun.speech.freetts.Utterance(voice, tokens);
        List<?> processors = voice.getUtteranceProcessors();
        for (Object processor : processors) {
            ((UtteranceProcessor) processor).processUtterance(utterance);
        }
        short[] samples = samples((LPCResult) utterance.getObject("target_lpcres"));
        return new Speech(samples, ends(utterance.getRelation(Relation.TOKEN), tokensUpTo, samples.length));
    }

    private void addTokens(String word, List<Token> tokens) {
        Tokenizer tokenizer = voice.getTokenizer();
        tokenizer.setInputText(word);
        while (tokenizer.hasMoreTokens()) {
            Token token = tokenizer.getNextToken();
            if (token != null) {
                tokens.add(token);
            }
        }
    }

    /** FreeTTS gives big-endian bytes. */
    private static short[] samples(LPCResult result) {
        byte[] bytes = result.getWaveSamples();
        short[] samples = new short[bytes.length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) ((bytes[2 * i] << 8) | (bytes[2 * i + 1] & 0xFF));
        }
        return samples;
    }

    private static int[] ends(Relation tokens, int[] tokensUpTo, int length) {
        int[] ends = new int[tokensUpTo.length];
        int number = 0;
        int word = 0;
        int end = 0;
        for (Item token = tokens.getHead(); token != null; token = token.getNext()) {
            end = Math.max(end, Math.min(length, Math.round(endSeconds(token) * RATE)));
            number++;
            while (word < ends.length && tokensUpTo[word] <= number) {
                ends[word++] = end;
            }
        }
        while (word < ends.length) {
            ends[word++] = end;
        }
        ends[ends.length - 1] = length;
        return ends;
    }

    /** When the last sound of a token ends; 0 for a token that is not spoken. */
    private static float endSeconds(Item token) {
        float end = 0;
        for (Item word = token.getDaughter(); word != null; word = word.getNext()) {
            Item structure = word.getItemAs(Relation.SYLLABLE_STRUCTURE);
            Item syllable = structure == null ? null : structure.getLastDaughter();
            Item segment = syllable == null ? null : syllable.getLastDaughter();
            if (segment != null && segment.getFeatures().isPresent("end")) {
                end = segment.getFeatures().getFloat("end");
            }
        }
        return end;
    }
}
