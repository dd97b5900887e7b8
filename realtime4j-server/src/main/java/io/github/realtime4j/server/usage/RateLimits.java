package io.github.realtime4j.server.usage;

import io.github.realtime4j.protocol.RateLimitsUpdated.RateLimit;
import java.time.InstantSource;
import java.util.List;

/**
 * The tokens of a minute: what was taken comes back evenly over a minute. Safe for concurrent use: the sessions of one
 * key share it.
 */
public final class RateLimits {
    private static final double SECONDS = 60;

    private final long limit;
    private final InstantSource clock;
    private double used;
    private long atMillis;

    /** @param limit tokens per minute; the top tier has 15,000,000 */
    public RateLimits(long limit, InstantSource clock) {
        this.limit = limit;
        this.clock = clock;
        this.atMillis = clock.millis();
    }

    /** Whether so many tokens are left; takes none. */
    public synchronized boolean allows(long tokens) {
        refill();
        return used + tokens <= limit;
    }

    /** Books tokens, even more than are left. */
    public synchronized void take(long tokens) {
        refill();
        used = Math.min((double) limit, used + tokens);
    }

    public synchronized long used() {
        refill();
        return Math.round(used);
    }

    public long limit() {
        return limit;
    }

    /** Seconds until so many tokens are left. */
    public synchronized double secondsUntil(long tokens) {
        refill();
        double missing = used + tokens - limit;
        return missing <= 0 ? 0 : missing * SECONDS / limit;
    }

    /** What {@code rate_limits.updated} says: one entry, {@code tokens}. */
    public synchronized List<RateLimit> entries() {
        refill();
        double seconds = Math.ceil(used * SECONDS / limit * 1_000) / 1_000;
        return List.of(new RateLimit("tokens", limit, limit - Math.round(used), seconds));
    }

    private void refill() {
        long now = clock.millis();
        used = Math.max(0, used - Math.max(0, now - atMillis) / 1_000.0 * limit / SECONDS);
        atMillis = Math.max(now, atMillis);
    }
}
