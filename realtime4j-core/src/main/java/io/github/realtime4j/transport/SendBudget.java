package io.github.realtime4j.transport;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The queued bytes of one connection, counted against the bound and the marks of its {@link TransportOptions}; for
 * implementers of {@link Connection}. Safe from any thread.
 */
public final class SendBudget {
    private final long max;
    private final long high;
    private final long low;

    /** Queued bytes shifted left by one; the lowest bit is set while the queue is above its marks. */
    private final AtomicLong state = new AtomicLong();

    public SendBudget(TransportOptions options) {
        max = options.maxQueuedBytes();
        high = options.highWaterMark();
        low = options.lowWaterMark();
    }

    /**
     * Counts a message in.
     *
     * @throws WriteRefusedException if it does not fit; a message of any size fits into an empty queue
     */
    public void reserve(long bytes) {
        while (true) {
            long before = state.get();
            long queued = before >>> 1;
            if (queued > 0 && queued + bytes > max) {
                throw new WriteRefusedException("a message of " + bytes + " bytes does not fit: " + queued
                        + " bytes are queued and the bound is " + max);
            }
            long after = queued + bytes;
            boolean full = (before & 1) == 1 || after >= high;
            if (state.compareAndSet(before, after << 1 | (full ? 1 : 0))) {
                return;
            }
        }
    }

    /**
     * Counts a message out.
     *
     * @return whether this made the connection writable again
     */
    public boolean release(long bytes) {
        while (true) {
            long before = state.get();
            long after = (before >>> 1) - bytes;
            boolean wasFull = (before & 1) == 1;
            boolean full = wasFull && after > low;
            if (state.compareAndSet(before, after << 1 | (full ? 1 : 0))) {
                return wasFull && !full;
            }
        }
    }

    public long queued() {
        return state.get() >>> 1;
    }

    public boolean isWritable() {
        return (state.get() & 1) == 0;
    }
}
