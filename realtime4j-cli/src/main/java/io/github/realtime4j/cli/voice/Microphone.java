package io.github.realtime4j.cli.voice;

/** Where the user's voice comes from: samples of {@link ConversationClock#RATE}, mono. Called by one thread. */
@FunctionalInterface
public interface Microphone {
    /** The next samples, always as many as asked for: silence when there is nothing else. */
    short[] next(int count);
}
