package io.github.realtime4j.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code rate_limits.updated}: what is left of the quota; comes after {@code response.done}. */
public record RateLimitsUpdated(@Nullable String eventId, List<RateLimit> rateLimits) implements ServerEvent {

    /**
     * One limit.
     *
     * @param name {@code tokens} or {@code requests}
     * @param resetSeconds until it is full again
     */
    public record RateLimit(
            @Nullable String name,
            @Nullable Long limit,
            @Nullable Long remaining,
            @Nullable Double resetSeconds) {}
}
