package io.github.realtime4j;

import io.github.realtime4j.session.ReadGate;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream out of a session, for one consumer: an {@code Iterable} that waits for what is to come, or a {@code
 * Flow.Publisher}. It begins with its creation and ends with the session or the response it belongs to; what waits then is
 * still delivered. A consumer that is slower than the server costs what the view's {@link SlowConsumer} says, and delays
 * no other.
 *
 * <p>Iterating blocks, so not in a handler. An iteration can be left and taken up again.
 */
public final class View<T> implements Iterable<T>, Flow.Publisher<T>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RealtimeSession.class);

    private final SlowConsumer policy;
    private final int maxBytes;
    private final ReadGate gate;
    private final Executor executor;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // All guarded by the lock.
    private final ArrayDeque<Element<T>> elements = new ArrayDeque<>();
    private int bytes;
    private long dropped;
    private boolean ended;
    private @Nullable RuntimeException problem;
    private @Nullable Demand demand;

    private record Element<T>(T value, int bytes) {}

    /**
     * @param maxBytes of the wire that may wait
     * @param executor calls a subscriber; never at once when the caller of {@link #offer} holds a lock
     */
    View(SlowConsumer policy, int maxBytes, ReadGate gate, Executor executor) {
        this.policy = policy;
        this.maxBytes = maxBytes;
        this.gate = gate;
        this.executor = executor;
    }

    void offer(T value, int size) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            while (policy == SlowConsumer.DROP_OLDEST && bytes + size > maxBytes && !elements.isEmpty()) {
                take();
                dropped++;
            }
            if (policy == SlowConsumer.FAIL && bytes > 0 && bytes + size > maxBytes) {
                SlowConsumerException full = new SlowConsumerException(bytes + size, maxBytes);
                clear();
                finish(full);
            } else {
                elements.add(new Element<>(value, size));
                bytes += size;
            }
            if (policy == SlowConsumer.WAIT) {
                gate.waiting(size);
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
        wake();
    }

    private T take() {
        Element<T> element = elements.remove();
        bytes -= element.bytes;
        if (policy == SlowConsumer.WAIT) {
            gate.taken(element.bytes);
        }
        return element.value;
    }

    private void clear() {
        while (!elements.isEmpty()) {
            take();
        }
    }

    private void wake() {
        Demand subscriber;
        lock.lock();
        try {
            subscriber = demand;
        } finally {
            lock.unlock();
        }
        if (subscriber != null) {
            subscriber.kick();
        }
    }

    /** Nothing follows. */
    void end(@Nullable RuntimeException why) {
        lock.lock();
        try {
            if (!ended) {
                finish(why);
            }
        } finally {
            lock.unlock();
        }
        wake();
    }

    private void finish(@Nullable RuntimeException why) {
        ended = true;
        problem = why;
        changed.signalAll();
    }

    /** Whether nothing more can be seen in it. */
    boolean isClosed() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** How many elements {@link SlowConsumer#DROP_OLDEST} has cost so far. */
    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the view from the consumer's side, and throws away what waits. */
    @Override
    public void close() {
        Demand subscriber;
        lock.lock();
        try {
            clear();
            if (!ended) {
                finish(null);
            }
            subscriber = demand;
            demand = null;
        } finally {
            lock.unlock();
        }
        if (subscriber != null) {
            subscriber.kick();
        }
    }

    /**
     * What comes, each waited for.
     *
     * @throws RealtimeException from the iterator, after the last element, when the session was lost or the view failed
     */
    @Override
    public Iterator<T> iterator() {
        return new Elements();
    }

    /** Waits for elements until the end. */
    private final class Elements implements Iterator<T> {
        private @Nullable T next;

        @Override
        public boolean hasNext() {
            if (next == null) {
                next = await();
            }
            return next != null;
        }

        @Override
        public T next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException("The view has ended");
            }
            T value = next;
            next = null;
            return value;
        }
    }

    private @Nullable T await() {
        lock.lock();
        try {
            while (elements.isEmpty() && !ended) {
                changed.await();
            }
            if (!elements.isEmpty()) {
                return take();
            }
            if (problem != null) {
                throw problem;
            }
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionClosedException("Interrupted while waiting for a view; the session is as it was");
        } finally {
            lock.unlock();
        }
    }

    /** {@inheritDoc} The second subscriber of a view is refused: make another view. */
    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Demand mine = new Demand(Objects.requireNonNull(subscriber, "subscriber"));
        boolean first;
        lock.lock();
        try {
            first = demand == null;
            demand = first ? mine : demand;
            mine.over = !first;
        } finally {
            lock.unlock();
        }
        subscriber.onSubscribe(mine);
        if (first) {
            mine.begin();
        } else {
            subscriber.onError(new IllegalStateException("This view has a subscriber already; make another view"));
        }
    }

    /** Delivers to a subscriber what it asked for, one at a time, on the executor. */
    private final class Demand implements Flow.Subscription, Runnable {
        private final Flow.Subscriber<? super T> subscriber;

        // Guarded by the view's lock.
        private long requested;

        /** From the start: nothing is delivered before {@code onSubscribe} has returned. */
        private boolean running = true;

        private boolean over;

        Demand(Flow.Subscriber<? super T> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            lock.lock();
            try {
                if (n <= 0 && !over) {
                    clear();
                    finish(new IllegalArgumentException("request must be positive, but was " + n));
                }
                requested = requested + n < 0 ? Long.MAX_VALUE : requested + Math.max(n, 0);
            } finally {
                lock.unlock();
            }
            kick();
        }

        @Override
        public void cancel() {
            boolean first;
            lock.lock();
            try {
                first = !over;
                over = true;
            } finally {
                lock.unlock();
            }
            if (first) {
                close();
            }
        }

        void begin() {
            lock.lock();
            try {
                running = false;
            } finally {
                lock.unlock();
            }
            kick();
        }

        void kick() {
            lock.lock();
            try {
                if (running || over || !hasWork()) {
                    return;
                }
                running = true;
            } finally {
                lock.unlock();
            }
            executor.execute(this);
        }

        private boolean hasWork() {
            return (requested > 0 && !elements.isEmpty()) || (ended && elements.isEmpty());
        }

        @Override
        public void run() {
            try {
                deliver();
            } catch (RuntimeException | Error thrown) {
                // Rule 2.13 of Reactive Streams: a subscriber that throws has cancelled.
                LOG.error("The subscriber of a view threw; it is told no more", thrown);
                cancel();
            }
        }

        private void deliver() {
            while (true) {
                @Nullable T value;
                lock.lock();
                try {
                    if (over || !hasWork()) {
                        running = false;
                        return;
                    }
                    over = elements.isEmpty();
                    value = over ? null : take();
                    requested = value == null ? requested : requested - 1;
                } finally {
                    lock.unlock();
                }
                if (value != null) {
                    subscriber.onNext(value);
                } else if (problem != null) {
                    subscriber.onError(problem);
                } else {
                    subscriber.onComplete();
                }
            }
        }
    }
}
