package io.github.realtime4j.server.validation;

/** The three kinds of session, each with its own events and its own {@code session} object. */
public enum SessionKind {
    REALTIME,
    TRANSCRIPTION,
    TRANSLATION;

    /** As in {@code session.type}. */
    public String wireName() {
        return switch (this) {
            case REALTIME -> "realtime";
            case TRANSCRIPTION -> "transcription";
            case TRANSLATION -> "translation";
        };
    }
}
