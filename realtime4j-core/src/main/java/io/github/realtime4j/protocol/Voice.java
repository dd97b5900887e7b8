package io.github.realtime4j.protocol;

import io.github.realtime4j.json.JsonValue;

/** Who speaks. Cannot change once a session has said something aloud. */
public sealed interface Voice {
    Voice ALLOY = new Named("alloy");
    Voice ASH = new Named("ash");
    Voice BALLAD = new Named("ballad");
    Voice CORAL = new Named("coral");
    Voice ECHO = new Named("echo");
    Voice SAGE = new Named("sage");
    Voice SHIMMER = new Named("shimmer");
    Voice VERSE = new Named("verse");
    Voice MARIN = new Named("marin");
    Voice CEDAR = new Named("cedar");

    static Voice of(String name) {
        return new Named(name);
    }

    /** A voice that the service offers to everybody. */
    record Named(String value) implements Voice {}

    /** A voice of one's own, {@code {"id":"voice_…"}}. */
    record Custom(String id) implements Voice {}

    /** A voice in a form that this library does not know. */
    record Unknown(JsonValue json) implements Voice {}
}
