package io.github.realtime4j.transport;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connects a client's receivers to an {@link Acceptor}'s in memory, under the same contract as a network.
 *
 * <p>Each receiver is called by one thread at a time; the two ends of a connection run side by side. With {@code
 * Runnable::run} as the executor everything happens on the calling thread, in the same order each time, before the call
 * that caused it returns; a call from inside a receiver returns first.
 *
 * <p>Messages of both sides are counted until the other side's receiver gets them. There are no pings.
 */
public final class InMemoryTransport implements Transport {
    private final Acceptor acceptor;
    private final Executor executor;
    private final TransportOptions options;
    private final Set<InMemoryConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Delivers on a few shared daemon threads, with {@link TransportOptions#DEFAULT}. */
    public InMemoryTransport(Acceptor acceptor) {
        this(acceptor, SharedThreads.EXECUTOR);
    }

    public InMemoryTransport(Acceptor acceptor, Executor executor) {
        this(acceptor, executor, TransportOptions.DEFAULT);
    }

    /** @param options bounds, marks and close timeout, of both sides */
    public InMemoryTransport(Acceptor acceptor, Executor executor, TransportOptions options) {
        this.acceptor = acceptor;
        this.executor = executor;
        this.options = options;
    }

    @Override
    public CompletionStage<Connection> connect(Handshake handshake, Receiver receiver) {
        Opening opening = new Opening(handshake, receiver);
        if (closed) {
            opening.fail(new HandshakeException("the transport is closed", 0, null, null, null));
        } else {
            opening.start();
        }
        return opening.result;
    }

    /** Aborts every open connection. */
    @Override
    public void close() {
        closed = true;
        connections.forEach(InMemoryConnection::abort);
    }

    /** One call of {@link #connect}: accepted, refused or out of time, whichever comes first. */
    private final class Opening {
        private final Handshake handshake;
        private final Receiver receiver;
        private final AtomicBoolean decided = new AtomicBoolean();
        private final CompletableFuture<Connection> result = new CompletableFuture<>();

        Opening(Handshake handshake, Receiver receiver) {
            this.handshake = handshake;
            this.receiver = receiver;
        }

        void start() {
            SerialTasks acceptorTasks = new SerialTasks(executor);
            acceptorTasks.add(() -> accept(acceptorTasks));
            if (!result.isDone()) {
                CompletableFuture<Void> deadline = new CompletableFuture<Void>()
                        .orTimeout(handshake.timeout().toNanos(), TimeUnit.NANOSECONDS);
                var unused = deadline.whenComplete((nothing, late) -> {
                    if (late != null) {
                        fail(new HandshakeException(
                                "no answer within " + handshake.timeout().toMillis() + " ms", 0, null, null, null));
                    }
                });
                var unusedToo = result.whenComplete((connection, failure) -> deadline.complete(null));
            }
        }

        void fail(HandshakeException refusal) {
            if (decided.compareAndSet(false, true)) {
                result.completeExceptionally(refusal);
            }
        }

        private void accept(SerialTasks acceptorTasks) {
            Receiver accepted;
            try {
                accepted = acceptor.accept(handshake);
            } catch (HandshakeException refusal) {
                fail(refusal);
                return;
            } catch (RuntimeException | Error failure) {
                fail(new HandshakeException(
                        "the acceptor failed: " + failure.getClass().getName(), 500, null, null, failure));
                return;
            }
            if (result.isDone() || !decided.compareAndSet(false, true)) {
                return;
            }
            SerialTasks clientTasks = new SerialTasks(executor);
            InMemoryConnection client = new InMemoryConnection(receiver, clientTasks, options, connections);
            InMemoryConnection server = new InMemoryConnection(accepted, acceptorTasks, options, connections);
            client.link(server);
            clientTasks.add(() -> {
                client.open();
                if (!result.complete(client)) {
                    client.abort();
                }
            });
            server.open();
            if (closed) {
                client.abort();
            }
        }
    }

    /** Daemon threads that end when nothing has used them for a while. */
    private static final class SharedThreads {
        private static final AtomicInteger COUNT = new AtomicInteger();
        static final ThreadPoolExecutor EXECUTOR =
                new ThreadPoolExecutor(4, 4, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "realtime4j-memory-" + COUNT.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });

        static {
            EXECUTOR.allowCoreThreadTimeOut(true);
        }
    }
}
