package io.github.realtime4j;

import io.github.realtime4j.codec.DecodeException;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.Model;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.transport.Handshake.Header;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.HttpRequest;
import io.github.realtime4j.transport.HttpResponse;
import io.github.realtime4j.transport.NoAnswerException;
import io.github.realtime4j.transport.Transport;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The REST requests of one client. Each is repeated at most twice, after about half a second and a second, or when {@code
 * Retry-After} says if that is within five seconds, and only where that cannot do a thing twice: after 429 (but not for want
 * of quota) and 503; a repeatable one after any 5xx and after a lost answer, too. Futures complete on the callback executor.
 */
final class RestRequests {
    private static final int REPEATS = 2;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Transport transport;
    private final Endpoint endpoint;
    private final Supplier<List<Header>> headers;
    private final Duration timeout;
    private final ScheduledExecutorService timer;
    private final Executor callbacks;
    private final Set<Runnable> pauses = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param headers asked anew for every request that is sent, on the calling thread or a callback thread
     * @param timeout for each sending of a request
     */
    RestRequests(
            Transport transport,
            Endpoint endpoint,
            Supplier<List<Header>> headers,
            Duration timeout,
            ScheduledExecutorService timer,
            Executor callbacks) {
        this.transport = transport;
        this.endpoint = endpoint;
        this.headers = headers;
        this.timeout = timeout;
        this.timer = timer;
        this.callbacks = callbacks;
    }

    /** @param contentType null for no body */
    record Body(@Nullable String contentType, ByteBuffer bytes) {
        static final Body NONE = new Body(null, ByteBuffer.allocate(0));

        static Body json(byte[] json) {
            return new Body("application/json", ByteBuffer.wrap(json));
        }
    }

    /**
     * One request to be.
     *
     * @param resource below {@code /realtime/}
     * @param repeatable whether doing it twice harms nobody
     * @param read makes a result of an answer of success; throws {@link DecodeException} or IllegalArgumentException if it cannot be
     */
    record Post<T>(String resource, Body body, boolean repeatable, Function<HttpResponse, T> read) {}

    /** The same session with this model, unless it names one or there is none. */
    static SessionConfig withModel(SessionConfig session, @Nullable Model model) {
        if (model == null || session.model() != null) {
            return session;
        }
        return new SessionConfig(
                session.type(),
                model,
                session.outputModalities(),
                session.instructions(),
                session.audio(),
                session.tools(),
                session.toolChoice(),
                session.parallelToolCalls(),
                session.reasoning(),
                session.maxOutputTokens(),
                session.truncation(),
                session.tracing(),
                session.prompt(),
                session.include(),
                session.extra());
    }

    Endpoint endpoint() {
        return endpoint;
    }

    <T> CompletableFuture<T> send(Post<T> post) {
        CompletableFuture<T> result = new CompletableFuture<>();
        var unused = attempt(post, REPEATS).whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(unwrapped(failure));
            }
        });
        return result;
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RejectedExecutionException ? clientClosed() : cause;
    }

    private static ConnectionClosedException clientClosed() {
        return new ConnectionClosedException("The client was closed");
    }

    private <T> CompletableFuture<T> attempt(Post<T> post, int repeats) {
        HttpRequest request;
        try {
            request = request(post);
        } catch (RuntimeException unsendable) {
            return CompletableFuture.failedFuture(unsendable);
        }
        return transport
                .request(request)
                .handleAsync(
                        (answer, failure) -> {
                            RequestFailedException refusal = refusal(request, answer, failure);
                            if (refusal == null) {
                                return CompletableFuture.completedFuture(read(post, request, answer));
                            }
                            return repeats > 0 && !closed && mayRepeat(post, refusal)
                                    ? pause(refusal, repeats)
                                            .thenComposeAsync(nothing -> attempt(post, repeats - 1), callbacks)
                                    : CompletableFuture.<T>failedFuture(refusal);
                        },
                        callbacks)
                .thenCompose(Function.identity())
                .toCompletableFuture();
    }

    private HttpRequest request(Post<?> post) {
        URI uri = endpoint.rest(post.resource());
        List<Header> all = new ArrayList<>();
        try {
            all.addAll(headers.get());
        } catch (ConnectRefusedException noKey) {
            throw RequestFailedException.before(String.valueOf(noKey.getMessage()), null);
        }
        if (post.body().contentType() != null) {
            all.add(new Header("Content-Type", post.body().contentType()));
        }
        return new HttpRequest("POST", uri, all, post.body().bytes(), timeout);
    }

    private static @Nullable RequestFailedException refusal(
            HttpRequest request, @Nullable HttpResponse answer, @Nullable Throwable failure) {
        if (answer != null) {
            return answer.status() / 100 == 2 ? null : RequestFailedException.of(request, answer);
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof HandshakeException notSent) {
            return RequestFailedException.of(notSent);
        }
        if (cause instanceof NoAnswerException noAnswer) {
            return RequestFailedException.of(noAnswer);
        }
        return RequestFailedException.before(request + " failed in the transport", cause);
    }

    private static <T> T read(Post<T> post, HttpRequest request, HttpResponse answer) {
        try {
            return post.read().apply(answer);
        } catch (DecodeException | IllegalArgumentException e) {
            throw RequestFailedException.unreadable(request, answer, String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean mayRepeat(Post<?> post, RequestFailedException refusal) {
        int status = refusal.status();
        boolean notNow = status == 503 || (status == 429 && !isOutOfQuota(refusal));
        boolean harmless = post.repeatable() && (status >= 500 || refusal.getCause() instanceof NoAnswerException);
        Duration wish = refusal.retryAfter();
        return (notNow || harmless) && (wish == null || wish.compareTo(LONGEST_PAUSE) <= 0);
    }

    private static boolean isOutOfQuota(RequestFailedException refusal) {
        return refusal.error() != null
                && ErrorCode.INSUFFICIENT_QUOTA.equals(refusal.error().code());
    }

    private CompletableFuture<Void> pause(RequestFailedException refusal, int repeatsLeft) {
        long millis = FIRST_PAUSE.toMillis() << (REPEATS - repeatsLeft);
        long wish = refusal.retryAfter() == null ? 0 : refusal.retryAfter().toMillis();
        long jitter = ThreadLocalRandom.current().nextLong(millis / 2);
        CompletableFuture<Void> pause = new CompletableFuture<>();
        Runnable abort = () -> pause.completeExceptionally(clientClosed());
        pauses.add(abort);
        var unused = pause.whenComplete((nothing, failure) -> pauses.remove(abort));
        Runnable resume = () -> pause.complete(null);
        var unusedToo = timer.schedule(resume, Math.max(wish, millis) + jitter, TimeUnit.MILLISECONDS);
        if (closed) {
            abort.run();
        }
        return pause;
    }

    /** Requests that wait to be repeated fail; what the transport is doing it ends itself. */
    void close() {
        closed = true;
        pauses.forEach(Runnable::run);
    }
}
