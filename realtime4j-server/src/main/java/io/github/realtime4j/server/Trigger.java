package io.github.realtime4j.server;

import java.util.List;
import java.util.Set;

/**
 * When a {@link Fault} strikes, counted for each connection on its own.
 *
 * <pre>{@code
 * Trigger.atConnect()
 * Trigger.after("response.output_audio.delta").nth(3)
 * Trigger.onClientEvent("input_audio_buffer.append").every()
 * }</pre>
 *
 * @param moment what is watched
 * @param types wire names of the events that count, together; empty for events of every type
 * @param count which of them strikes, from 1; {@link #EVERY} for each one
 */
public record Trigger(Moment moment, Set<String> types, int count) {
    /** The {@link #count} of a trigger that strikes each time. */
    public static final int EVERY = 0;

    /** What a trigger watches. */
    public enum Moment {
        /** The WebSocket handshake. */
        CONNECT,
        /** The server is about to send an event. */
        BEFORE_SERVER_EVENT,
        /** An event of the server has been handed to the operating system. */
        AFTER_SERVER_EVENT,
        /** An event of the client has arrived and was not acted upon yet. */
        CLIENT_EVENT
    }

    public Trigger {
        types = Set.copyOf(types);
        if (count < 0) {
            throw new IllegalArgumentException("count must be at least 1, or 0 for every event, but was " + count);
        }
        if (moment == Moment.CONNECT && (!types.isEmpty() || count != 1)) {
            throw new IllegalArgumentException("a connection opens once: no types and a count of 1");
        }
    }

    public static Trigger atConnect() {
        return new Trigger(Moment.CONNECT, Set.of(), 1);
    }

    /** Before the first server event of any of these types; of any type at all if none is named. */
    public static Trigger before(String... types) {
        return new Trigger(Moment.BEFORE_SERVER_EVENT, Set.copyOf(List.of(types)), 1);
    }

    /** After the first server event of any of these types; of any type at all if none is named. */
    public static Trigger after(String... types) {
        return new Trigger(Moment.AFTER_SERVER_EVENT, Set.copyOf(List.of(types)), 1);
    }

    /** On the first client event of any of these types; of any type at all if none is named. */
    public static Trigger onClientEvent(String... types) {
        return new Trigger(Moment.CLIENT_EVENT, Set.copyOf(List.of(types)), 1);
    }

    /** The same, at the n-th event instead of the first. */
    public Trigger nth(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("n must be at least 1, but was " + n);
        }
        return new Trigger(moment, types, n);
    }

    /** The same, at each event instead of the first. */
    public Trigger every() {
        return new Trigger(moment, types, EVERY);
    }

    /** Whether an event of this type counts. */
    public boolean counts(Moment watched, String type) {
        return moment == watched && (types.isEmpty() || types.contains(type));
    }
}
