package io.github.realtime4j;

import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.session.ReadGate;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Events that have been decoded and not yet received. Never refuses one: beyond a bound it stops the
 * reading instead, until half of that has been received.
 */
final class Inbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ReadGate gate = new ReadGate();

    // All guarded by the lock.
    private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();
    private boolean closed;
    private @Nullable RealtimeException end;

    private record Arrival(ServerEvent event, int bytes) {}

    void attach(Connection connection) {
        gate.attach(connection);
    }

    void put(ServerEvent event, int size) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            arrivals.add(new Arrival(event, size));
            gate.waiting(size);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    ServerEvent take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (arrivals.isEmpty()) {
                throwIfEnded();
                changed.await();
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    Optional<ServerEvent> poll(Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (arrivals.isEmpty()) {
                throwIfEnded();
                if (nanos <= 0) {
                    return Optional.empty();
                }
                nanos = changed.awaitNanos(nanos);
            }
            return Optional.of(next());
        } finally {
            lock.unlock();
        }
    }

    private ServerEvent next() {
        Arrival arrival = arrivals.remove();
        gate.taken(arrival.bytes);
        return arrival.event;
    }

    private void throwIfEnded() {
        if (end != null) {
            throw end;
        }
    }

    /** Throws away what has not been received; a paused connection reads on, so that it sees the peer's close. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrivals.forEach(arrival -> gate.taken(arrival.bytes));
            arrivals.clear();
            end = end == null ? new ConnectionClosedException("This connection has been closed") : end;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void end(ConnectionEnd how, @Nullable ErrorDetail lastError) {
        lock.lock();
        try {
            end = end == null ? new ConnectionLostException(how, lastError) : end;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
