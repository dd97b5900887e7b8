package io.github.realtime4j;

import io.github.realtime4j.transport.ConnectionEnd;
import org.jspecify.annotations.Nullable;

/**
 * How a session ended.
 *
 * @param state {@link SessionState#CLOSED} or {@link SessionState#FAILED}
 * @param cause why it failed; {@link BudgetExceededException} where a limit closed it; null where the application did
 * @param connection how the connection ended; null if there never was one
 */
public record SessionEnd(
        SessionState state,
        @Nullable RealtimeException cause,
        @Nullable ConnectionEnd connection) {}
