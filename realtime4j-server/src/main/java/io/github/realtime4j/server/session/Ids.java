package io.github.realtime4j.server.session;

import io.github.realtime4j.server.ServerTime;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids as the service makes them: 21 base-62 characters, of which the first five are the seconds since {@link #EPOCH}, so
 * that ids of the same second begin alike and later ones sort behind.
 */
final class Ids {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** Seconds since 1970 at which the recorded ids begin to count. */
    private static final long EPOCH = 1_576_800_000;

    private static final int TIME_LENGTH = 5;
    private static final int LENGTH = 21;
    private static final int CALL_LENGTH = 16;

    private final ServerTime time;

    Ids(ServerTime time) {
        this.time = time;
    }

    String event() {
        return timed("event_");
    }

    String session() {
        return timed("sess_");
    }

    String conversation() {
        return timed("conv_");
    }

    String item() {
        return timed("item_");
    }

    String response() {
        return timed("resp_");
    }

    /** Of an event about a call's media. */
    String mediaEvent() {
        return String.format(
                Locale.ROOT, "event_%016x", ThreadLocalRandom.current().nextLong());
    }

    /** What the ids of a call and of its session have in common: {@code rtc_} and {@code sess_} stand before it. */
    String ofCall() {
        return timed("u0_");
    }

    String call() {
        return "call_" + random(CALL_LENGTH);
    }

    /** Any base-62 text. */
    static String random(int length) {
        StringBuilder text = new StringBuilder(Math.max(0, length));
        return append(text, length).toString();
    }

    private String timed(String kind) {
        StringBuilder id = new StringBuilder(kind.length() + LENGTH).append(kind);
        long seconds = Math.max(0, time.instant().getEpochSecond() - EPOCH);
        for (int i = 0; i < TIME_LENGTH; i++) {
            id.insert(kind.length(), ALPHABET.charAt((int) (seconds % 62)));
            seconds /= 62;
        }
        return append(id, LENGTH - TIME_LENGTH).toString();
    }

    private static StringBuilder append(StringBuilder text, int length) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text;
    }
}
