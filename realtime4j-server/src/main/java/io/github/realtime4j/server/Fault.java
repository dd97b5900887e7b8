package io.github.realtime4j.server;

import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.server.Trigger.Moment;
import io.github.realtime4j.transport.ConnectionEnd;
import java.time.Duration;

/**
 * One way of misbehaving towards a client, to see how the client bears it. A fault is data: what happens, and {@link
 * #when}. Several may be in force on one connection; they apply in the order given.
 */
public sealed interface Fault {
    /** The event that sets it off. */
    Trigger when();

    /** Answers the upgrade with an HTTP status instead of 101: a proxy, an overload, a missing right. */
    record RefuseUpgrade(int status, String body) implements Fault {
        public RefuseUpgrade {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("status must be 400 to 599, but was " + status);
            }
        }

        @Override
        public Trigger when() {
            return Trigger.atConnect();
        }
    }

    /** A close frame in the middle of things, after everything already queued. */
    record CloseConnection(Trigger when, int code, String reason) implements Fault {
        public CloseConnection {
            ConnectionEnd.requireSendable(code, reason);
        }
    }

    /** A TCP reset: a router or a server that vanished. What was queued is lost. */
    record Reset(Trigger when) implements Fault {}

    /**
     * A peer that is there and does nothing: no byte is read or written any more, pings included, and the connection
     * stays open.
     */
    record Stall(Trigger when) implements Fault {}

    /** One frame that no correct server would send, in the middle of correct ones. */
    record MalformedFrame(Trigger when, Kind kind) implements Fault {
        /** What is wrong with it. */
        public enum Kind {
            /** A text frame that stops in the middle of a JSON object. */
            TRUNCATED_JSON,
            /** A text frame with a JSON array where an event belongs. */
            NOT_AN_OBJECT,
            /** A text frame with a JSON object that has no {@code type}. */
            NO_TYPE,
            /** A text frame with an event of a type that nobody knows. A correct client carries on. */
            UNKNOWN_TYPE,
            /** An empty text frame. */
            EMPTY_TEXT,
            /** A text frame that is not UTF-8: RFC 6455 section 8.1, code 1007. */
            INVALID_UTF8,
            /** A binary frame, which this protocol does not use. */
            BINARY,
            /** Opcode 3, reserved by RFC 6455 section 5.2. */
            RESERVED_OPCODE,
            /** A reserved bit (RSV3) that no extension has claimed. */
            RESERVED_BIT,
            /** A masked frame: only clients mask, RFC 6455 section 5.1. */
            MASKED,
            /** A continuation with nothing to continue. */
            LONE_CONTINUATION,
            /** A ping of 126 bytes: control frames carry at most 125. */
            LONG_PING,
            /** A ping in fragments. */
            FRAGMENTED_PING,
            /** The header of a text frame of 2^62 bytes, with nothing behind it. */
            HUGE_LENGTH,
            /** Bytes that are no frame at all: an HTTP answer. */
            HTTP_ANSWER
        }
    }

    /** Client events that get lost: the server acts as if they had never arrived, so no answer comes. */
    record NeverAcknowledge(Trigger when) implements Fault {
        public NeverAcknowledge {
            require(when, Moment.CLIENT_EVENT);
        }

        /** Every event of these types. */
        public NeverAcknowledge(String... types) {
            this(Trigger.onClientEvent(types).every());
        }
    }

    /** A server that reads at most this fast from its trigger on, so that the client's writes pile up. */
    record SlowReader(Trigger when, int bytesPerSecond) implements Fault {
        public SlowReader {
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException("bytesPerSecond must be at least 1, but was " + bytesPerSecond);
            }
        }
    }

    /** Server events that come late; whatever follows them waits behind them, as on any pipe. */
    record Delay(Trigger when, Duration duration) implements Fault {
        public Delay {
            require(when, Moment.BEFORE_SERVER_EVENT);
            if (duration.isNegative()) {
                throw new IllegalArgumentException("duration must not be negative, but was " + duration);
            }
        }
    }

    /** Server events that are never sent, although what they tell has happened. */
    record DropEvent(Trigger when) implements Fault {
        public DropEvent {
            require(when, Moment.BEFORE_SERVER_EVENT);
        }

        /** The n-th event of a type. */
        public DropEvent(String type, int nth) {
            this(Trigger.before(type).nth(nth));
        }
    }

    /**
     * An {@code error} event instead of what the client asked for, which is not done.
     *
     * @param error what to answer; where its event id is null, that of the client's event is filled in
     */
    record ErrorReply(Trigger when, ErrorDetail error) implements Fault {
        public ErrorReply {
            require(when, Moment.CLIENT_EVENT);
        }
    }

    private static void require(Trigger when, Moment moment) {
        if (when.moment() != moment) {
            throw new IllegalArgumentException(
                    "this fault wants a trigger on " + moment + ", but got " + when.moment());
        }
    }
}
