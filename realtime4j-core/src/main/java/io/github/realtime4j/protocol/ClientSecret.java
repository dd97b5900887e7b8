package io.github.realtime4j.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A short-lived key for a browser or a device, from {@code POST /v1/realtime/client_secrets}.
 *
 * @param value {@code ek_…}; not printed
 * @param expiresAt seconds since 1970; sessions that began before live on
 * @param session what a session with this key starts as
 */
public record ClientSecret(
        String value, long expiresAt, @Nullable Session session) {
    @Override
    public String toString() {
        return "ClientSecret[expiresAt=" + expiresAt + "]";
    }

    /**
     * What to ask for.
     *
     * @param expiresAfter null for 10 minutes
     */
    public record Request(
            @Nullable ExpiresAfter expiresAfter, @Nullable SessionConfig session) {}

    /**
     * How long the key may be used.
     *
     * @param anchor {@code created_at}
     * @param seconds 10 to 7,200
     */
    public record ExpiresAfter(
            @Nullable String anchor, @Nullable Integer seconds) {
        public static ExpiresAfter seconds(int seconds) {
            return new ExpiresAfter("created_at", seconds);
        }
    }
}
