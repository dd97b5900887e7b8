package io.github.realtime4j;

import io.github.realtime4j.tool.ToolApproval;
import io.github.realtime4j.usage.Budget;
import io.github.realtime4j.usage.PriceTable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a session behaves on this side of the wire; what the server is told is {@link
 * io.github.realtime4j.protocol.SessionConfig}. Immutable. */
public final class SessionOptions {
    /** What a session has that was given none. */
    public static final SessionOptions DEFAULT = builder().build();

    private final Duration commandTimeout;
    private final Duration closeTimeout;
    private final int maxQueuedAudio;
    private final boolean failsFast;
    private final Budget budget;
    private final PriceTable prices;
    private final ToolApproval toolApproval;
    private final @Nullable McpApproval mcpApproval;
    private final @Nullable SessionListener listener;
    private final @Nullable RawTap tap;

    private SessionOptions(Builder builder) {
        this.commandTimeout = builder.commandTimeout;
        this.closeTimeout = builder.closeTimeout;
        this.maxQueuedAudio = builder.maxQueuedAudio;
        this.failsFast = builder.failsFast;
        this.budget = builder.budget;
        this.prices = builder.prices;
        this.toolApproval = builder.toolApproval;
        this.mcpApproval = builder.mcpApproval;
        this.listener = builder.listener;
        this.tap = builder.tap;
    }

    public static Builder builder() {
        return new Builder();
    }

    Duration commandTimeout() {
        return commandTimeout;
    }

    Duration closeTimeout() {
        return closeTimeout;
    }

    int maxQueuedAudio() {
        return maxQueuedAudio;
    }

    boolean failsFast() {
        return failsFast;
    }

    Budget budget() {
        return budget;
    }

    PriceTable prices() {
        return prices;
    }

    ToolApproval toolApproval() {
        return toolApproval;
    }

    @Nullable
    McpApproval mcpApproval() {
        return mcpApproval;
    }

    @Nullable
    SessionListener listener() {
        return listener;
    }

    @Nullable
    RawTap tap() {
        return tap;
    }

    /** Gathers options; every method may be left out. Not safe for concurrent use. */
    public static final class Builder {
        private Duration commandTimeout = Duration.ofSeconds(10);
        private Duration closeTimeout = Duration.ofSeconds(5);
        private int maxQueuedAudio = 1 << 20;
        private boolean failsFast;
        private Budget budget = Budget.UNLIMITED;
        private PriceTable prices = PriceTable.latest();
        private ToolApproval toolApproval =
                call -> ToolApproval.deny("This application does not allow calls that need approval.");
        private @Nullable McpApproval mcpApproval;
        private @Nullable SessionListener listener;
        private @Nullable RawTap tap;

        private Builder() {}

        /** How long a command waits for the server's answer before its future fails; 10 s unless set. */
        public Builder commandTimeout(Duration timeout) {
            this.commandTimeout = timeout;
            return this;
        }

        /** How long {@code close} waits for what is queued and for the server's goodbye; 5 s unless set. */
        public Builder closeTimeout(Duration timeout) {
            this.closeTimeout = timeout;
            return this;
        }

        /** Bytes of audio, as on the wire, that may wait for the network; 1 MiB, about 16 s of PCM, unless set. */
        public Builder maxQueuedAudio(int bytes) {
            this.maxQueuedAudio = bytes;
            return this;
        }

        /** With no room for audio, {@code append} throws {@link SendQueueFullException} instead of waiting. */
        public Builder failFast() {
            this.failsFast = true;
            return this;
        }

        /** What the session may use before it ends; unlimited unless set. */
        public Builder budget(Budget budget) {
            this.budget = budget;
            return this;
        }

        /** What tokens cost; {@link PriceTable#latest()} unless set. */
        public Builder prices(PriceTable prices) {
            this.prices = prices;
            return this;
        }

        /** Who is asked before a tool runs that {@code needsApproval}; without one, such calls are denied. */
        public Builder toolApproval(ToolApproval approval) {
            this.toolApproval = approval;
            return this;
        }

        /** Who is asked before the service calls an MCP server; without one, the application answers requests itself. */
        public Builder mcpApproval(McpApproval approval) {
            this.mcpApproval = approval;
            return this;
        }

        /** Hears what the session does, in numbers. */
        public Builder listener(SessionListener listener) {
            this.listener = listener;
            return this;
        }

        /** Sees every message, from the first on. */
        public Builder tap(RawTap tap) {
            this.tap = tap;
            return this;
        }

        public SessionOptions build() {
            return new SessionOptions(this);
        }
    }
}
