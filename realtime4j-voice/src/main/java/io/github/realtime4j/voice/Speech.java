package io.github.realtime4j.voice;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioDecoder;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.audio.Pcm16;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * One spoken part on its way from the wire to the sink: kept as it came until it is about to be played. Confined to {@link
 * Playback}.
 */
final class Speech {
    private static final short[] NONE = {};

    /** Milliseconds of sound that are decoded at a time. */
    private static final int SLICE_MS = 20;

    private final PlaybackClock.Part part;
    private final String responseId;
    private final AudioFormat format;
    private final AudioDecoder decoder;
    private final int slice;
    private final ArrayDeque<AudioBytes> encoded = new ArrayDeque<>();
    private int from;
    private long receivedBytes;
    private long decodedBytes;
    private long written;
    private boolean complete;
    private boolean flushed;
    private boolean started;
    private String transcript = "";

    Speech(PlaybackClock.Part part, String responseId, AudioFormat format, int sampleRate) {
        this.part = part;
        this.responseId = responseId;
        this.format = format;
        this.decoder = new AudioDecoder(format, sampleRate);
        this.slice = format.bytesPerSecond() * SLICE_MS / 1_000;
    }

    PlaybackClock.Part part() {
        return part;
    }

    String responseId() {
        return responseId;
    }

    void add(AudioBytes audio) {
        encoded.add(audio);
        receivedBytes += audio.size();
    }

    /** No more sound of it will come. */
    void complete() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }

    /** The next samples, at least so many if so many are there; none if there are none yet, or none any more. */
    short[] next(long least) {
        short[] samples = next();
        for (int more = samples.length; more > 0 && samples.length < least; ) {
            short[] next = next();
            more = next.length;
            samples = Pcm16.concat(samples, next);
        }
        return samples;
    }

    private short[] next() {
        while (!encoded.isEmpty()) {
            AudioBytes head = encoded.element();
            int size = Math.min(slice, head.size() - from);
            short[] samples = decoder.decode(from == 0 && size == head.size() ? head : head.slice(from, size));
            decodedBytes += size;
            from += size;
            if (from == head.size()) {
                encoded.remove();
                from = 0;
            }
            if (samples.length > 0) {
                written += samples.length;
                return samples;
            }
        }
        if (complete && !flushed) {
            flushed = true;
            short[] rest = decoder.flush();
            written += rest.length;
            return rest;
        }
        return NONE;
    }

    /** Whether everything of it has been given to the sink. */
    boolean isWritten() {
        return flushed;
    }

    /** Samples that have been given to the sink. */
    long written() {
        return written;
    }

    /** How much waits to be decoded. */
    Duration waiting() {
        return format.durationOf(receivedBytes - decodedBytes);
    }

    Duration received() {
        return format.durationOf(receivedBytes);
    }

    /** Whether this is the first sound of it that is heard. */
    boolean begins() {
        boolean first = !started;
        started = true;
        return first;
    }

    void append(String words) {
        transcript += words;
    }

    void transcript(String whole) {
        transcript = whole;
    }

    String transcript() {
        return transcript.strip();
    }

    /**
     * How many characters of the transcript had been heard, about: words are taken to be as long as they are written.
     *
     * @return an index at the end of a word
     */
    int heardLength(Duration played) {
        String text = transcript();
        long all = received().toNanos();
        if (all == 0 || played.toNanos() >= all) {
            return played.isZero() ? 0 : text.length();
        }
        int length = (int) (text.length() * (played.toNanos() / (double) all));
        int space = text.lastIndexOf(' ', length);
        return length == 0 || space < 0 ? 0 : space;
    }
}
