package io.github.realtime4j.audio;

import java.io.IOException;

/** A WAV file that cannot be read. The message says what was expected, what was found, and at which byte. */
public final class MalformedWavException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedWavException(String expected, String found, long position) {
        super("Expected " + expected + " but " + found + " at byte " + position);
    }
}
