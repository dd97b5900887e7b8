package io.github.realtime4j.protocol;

/** What a response is made of: text, or audio with its transcript; the service takes exactly one. */
public record Modality(String value) {
    public static final Modality TEXT = new Modality("text");
    public static final Modality AUDIO = new Modality("audio");

    @Override
    public String toString() {
        return value;
    }
}
