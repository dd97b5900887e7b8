package io.github.realtime4j;

import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Lets one message after the other onto a connection, and makes senders wait while it is not writable. */
final class Outbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock: why nothing more can be sent.
    private @Nullable RealtimeException end;

    CompletionStage<Void> send(Connection connection, ByteBuffer[] message, Tapping tap) {
        lock.lock();
        try {
            while (end == null && !connection.isWritable()) {
                changed.awaitUninterruptibly();
            }
            if (end != null) {
                throw end;
            }
            tap.sent(message);
            return connection.send(message);
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        end(new ConnectionClosedException("This connection has been closed"));
    }

    void end(ConnectionEnd how, @Nullable ErrorDetail lastError) {
        end(new ConnectionLostException(how, lastError));
    }

    private void end(RealtimeException why) {
        lock.lock();
        try {
            end = end == null ? why : end;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
