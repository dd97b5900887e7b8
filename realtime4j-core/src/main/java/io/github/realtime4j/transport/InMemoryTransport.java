package io.github.realtime4j.transport;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger log = LoggerFactory.getLogger(InMemoryTransport.class);

    private final Acceptor acceptor;
    private final Executor executor;
    private final TransportOptions options;
    private final Set<InMemoryConnection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Runnable> requests = ConcurrentHashMap.newKeySet();
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

    /** Asks {@link Acceptor#answer} on the executor; the answer completes there too. */
    @Override
    public CompletionStage<HttpResponse> request(HttpRequest request) {
        CompletableFuture<HttpResponse> result = new CompletableFuture<>();
        if (closed) {
            result.completeExceptionally(new HandshakeException("the transport is closed", 0, null, null, null));
            return result;
        }
        Runnable abort = () -> result.completeExceptionally(
                new NoAnswerException("No answer to " + request + ": the transport was closed", null));
        requests.add(abort);
        new SerialTasks(executor).add(() -> answer(request, result));
        onTimeout(result, request.timeout(), () -> {
            String late = "No answer to " + request + ": nothing whole within "
                    + request.timeout().toMillis() + " ms";
            result.completeExceptionally(new NoAnswerException(late, null));
        });
        var unused = result.whenComplete((answer, failure) -> requests.remove(abort));
        if (closed) {
            abort.run();
        }
        return result;
    }

    private void answer(HttpRequest request, CompletableFuture<HttpResponse> result) {
        HttpResponse answer;
        try {
            answer = acceptor.answer(request);
        } catch (RuntimeException | Error failure) {
            log.warn(
                    "An acceptor threw {}; its answer is 500",
                    failure.getClass().getName());
            answer = new HttpResponse(500, "Internal Server Error", List.of(), ByteBuffer.allocate(0));
        }
        if (answer.body().remaining() > options.maxMessageBytes()) {
            result.completeExceptionally(new NoAnswerException(
                    "No answer to " + request + ": its body is longer than " + options.maxMessageBytes() + " bytes",
                    null));
        } else {
            result.complete(answer);
        }
    }

    private static void onTimeout(CompletableFuture<?> result, Duration timeout, Runnable late) {
        if (result.isDone()) {
            return;
        }
        CompletableFuture<Void> deadline =
                new CompletableFuture<Void>().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        var unused = deadline.whenComplete((nothing, timedOut) -> {
            if (timedOut != null) {
                late.run();
            }
        });
        var unusedToo = result.whenComplete((value, failure) -> deadline.complete(null));
    }

    /** Aborts every open connection and request. */
    @Override
    public void close() {
        closed = true;
        connections.forEach(InMemoryConnection::abort);
        requests.forEach(Runnable::run);
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
            String late = "no answer within " + handshake.timeout().toMillis() + " ms";
            onTimeout(result, handshake.timeout(), () -> fail(new HandshakeException(late, 0, null, null, null)));
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
