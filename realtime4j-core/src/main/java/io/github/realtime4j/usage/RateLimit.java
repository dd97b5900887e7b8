package io.github.realtime4j.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much of a quota is left, as {@code rate_limits.updated} last said.
 *
 * @param name {@code tokens} or {@code requests}
 * @param resetsAt when it is full again, by the clock of this machine
 */
public record RateLimit(
        String name,
        @Nullable Long limit,
        @Nullable Long remaining,
        @Nullable Instant resetsAt) {}
