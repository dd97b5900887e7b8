package io.github.realtime4j.server.usage;

/** Tokens by kind. */
public record Tokens(int text, int audio, int image) {
    public static final Tokens NONE = new Tokens(0, 0, 0);

    public static Tokens text(int text) {
        return new Tokens(text, 0, 0);
    }

    public int total() {
        return text + audio + image;
    }

    public Tokens plus(Tokens other) {
        return new Tokens(text + other.text, audio + other.audio, image + other.image);
    }
}
