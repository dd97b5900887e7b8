package io.github.realtime4j.server.vad;

import io.github.realtime4j.server.vad.TurnEvent.SpeechStarted;
import io.github.realtime4j.server.vad.TurnEvent.SpeechStopped;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the turns in a session's input audio.
 *
 * <pre>silent --a word's worth of speech--> speaking --silence as long as the policy says--> silent</pre>
 *
 * Its clock is the audio itself: milliseconds of all samples ever appended, whatever the policy was, however fast and in
 * whatever pieces they came. The same samples give the same events. Confined to one thread.
 */
public final class TurnDetector {
    /** Windows that decide whether speech has started: a quarter of a second. */
    private static final int WINDOWS_LOOKED_AT = 8;

    /** Of them, how many must be active, and how many must be speech. A click of 64 ms touches three. */
    private static final int ACTIVE_TO_START = 5;

    private static final int SPEECH_TO_START = 3;

    /** How far an unvoiced beginning ("str...") is followed back from there, in windows. */
    private static final int LONGEST_BEGINNING = 24;

    /** Three windows without activity do not end a beginning; as a mask. */
    private static final int LONGEST_CLOSURE = 0xF;

    /** Once somebody speaks, consonants and quiet syllables need less to go on. */
    private static final double HYSTERESIS = 0.15;

    private final VoiceActivityDetector activity;
    private final int sampleRate;
    private final SpeechEnding ending = new SpeechEnding();
    private TurnPolicy policy = TurnPolicy.OFF;
    private long samples;
    private boolean speaking;

    /** Whether there was speech in the last 32 windows: the lowest bit is the newest. */
    private int speech;

    /** The same for what may be speech: consonants, quiet syllables. */
    private int active;

    private int silentWindows;

    /**
     * @param sampleRate samples per second: 8,000 or a multiple of it up to 48,000
     */
    public TurnDetector(int sampleRate) {
        this.activity = new VoiceActivityDetector(sampleRate);
        this.sampleRate = sampleRate;
    }

    /** Changes the policy from the next sample on. A turn that has started goes on, unless it is switched off. */
    public void configure(TurnPolicy next) {
        if (next.equals(policy)) {
            return;
        }
        boolean was = !policy.equals(TurnPolicy.OFF);
        policy = next;
        if (next.equals(TurnPolicy.OFF) || !was) {
            activity.reset();
            endTurn();
        }
    }

    public TurnPolicy policy() {
        return policy;
    }

    /** Whether a turn has started and not stopped. */
    public boolean isSpeaking() {
        return speaking;
    }

    /** Milliseconds of all audio ever appended, rounded down. */
    public long audioMs() {
        return samples * 1_000 / sampleRate;
    }

    /** Ends the current turn, if there is one, without an event: the client has committed or cleared the buffer. */
    public void endTurn() {
        speaking = false;
        speech = 0;
        active = 0;
        silentWindows = 0;
        ending.clear();
    }

    public List<TurnEvent> append(short[] audio) {
        return append(audio, 0, audio.length);
    }

    /** What these samples complete, in order. */
    public List<TurnEvent> append(short[] audio, int offset, int length) {
        if (policy.equals(TurnPolicy.OFF)) {
            samples += length;
            return List.of();
        }
        List<TurnEvent> events = new ArrayList<>(2);
        for (int i = 0; i < length; i++) {
            samples++;
            boolean complete = activity.accept(audio[offset + i]);
            if (samples % activity.windowSize() == 0) {
                window(complete ? activity.probability() : skipped(), events);
            }
        }
        return events;
    }

    /** The first window after switching on may have lost its beginning. */
    private double skipped() {
        activity.reset();
        return 0;
    }

    private void window(double probability, List<TurnEvent> events) {
        if (speaking) {
            listen(probability, events);
        } else {
            waitForSpeech(probability, events);
        }
    }

    private void waitForSpeech(double probability, List<TurnEvent> events) {
        speech = (speech << 1) | (probability >= startThreshold() ? 1 : 0);
        active = (active << 1) | (probability >= goOnThreshold() ? 1 : 0);
        ending.add(probability, activity);
        int last = (1 << WINDOWS_LOOKED_AT) - 1;
        if ((speech & 1) == 1
                && Integer.bitCount(speech & last) >= SPEECH_TO_START
                && Integer.bitCount(active & last) >= ACTIVE_TO_START) {
            long start = audioMs() - (long) beginning() * VoiceActivityDetector.WINDOW_MS;
            speaking = true;
            silentWindows = 0;
            events.add(new SpeechStarted(Math.max(0, start - prefixPaddingMs())));
        }
    }

    /** How many windows ago the activity began that has become speech; the closure of a "t" or "k" belongs to it. */
    private int beginning() {
        int windows = 1;
        for (int i = 1; i < LONGEST_BEGINNING && (active >>> i & LONGEST_CLOSURE) != 0; i++) {
            windows = (active >>> i & 1) == 1 ? i + 1 : windows;
        }
        return windows;
    }

    private void listen(double probability, List<TurnEvent> events) {
        if (probability >= goOnThreshold()) {
            silentWindows = 0;
            ending.add(probability, activity);
            return;
        }
        silentWindows++;
        if (silentWindows * VoiceActivityDetector.WINDOW_MS >= silenceDurationMs()) {
            events.add(new SpeechStopped(audioMs()));
            endTurn();
        }
    }

    private double startThreshold() {
        return Math.max(threshold(), 0.01);
    }

    private double goOnThreshold() {
        return Math.max(threshold() - HYSTERESIS, 0.01);
    }

    private double threshold() {
        return policy instanceof TurnPolicy.ServerVad vad ? vad.threshold() : 0.5;
    }

    private int prefixPaddingMs() {
        return policy instanceof TurnPolicy.ServerVad vad ? vad.prefixPaddingMs() : 300;
    }

    private int silenceDurationMs() {
        if (policy instanceof TurnPolicy.SemanticVad semantic) {
            return ending.waitMs(semantic.eagerness());
        }
        return policy instanceof TurnPolicy.ServerVad vad ? vad.silenceDurationMs() : Integer.MAX_VALUE;
    }
}
