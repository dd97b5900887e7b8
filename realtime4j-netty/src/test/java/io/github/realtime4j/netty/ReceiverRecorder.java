package io.github.realtime4j.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.Receiver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Remembers what a connection told, and fails when two threads tell at once. */
final class ReceiverRecorder implements Receiver {
    private final LinkedBlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final AtomicReference<Thread> inside = new AtomicReference<>();
    private final Consumer<Connection> onOpen;
    private final Consumer<String> onMessage;
    final CompletableFuture<Connection> opened = new CompletableFuture<>();
    final CompletableFuture<ConnectionEnd> ended = new CompletableFuture<>();
    final CompletableFuture<Void> writable = new CompletableFuture<>();

    ReceiverRecorder() {
        this(connection -> {}, message -> {});
    }

    ReceiverRecorder(Consumer<Connection> onOpen, Consumer<String> onMessage) {
        this.onOpen = onOpen;
        this.onMessage = onMessage;
    }

    @Override
    public void onOpen(Connection connection) {
        record("open", () -> {
            opened.complete(connection);
            onOpen.accept(connection);
        });
    }

    @Override
    public void onMessage(ByteBuffer message) {
        String text = StandardCharsets.UTF_8.decode(message).toString();
        record(text, () -> onMessage.accept(text));
    }

    @Override
    public void onWritable() {
        record("writable", () -> writable.complete(null));
    }

    @Override
    public void onEnd(ConnectionEnd end) {
        record("end " + end.code() + " " + end.by(), () -> ended.complete(end));
    }

    private void record(String call, Runnable action) {
        Thread other = inside.getAndSet(Thread.currentThread());
        calls.add(other == null ? call : call + " while another call was running");
        try {
            action.run();
        } finally {
            inside.set(null);
        }
    }

    Connection connection() {
        return await(opened);
    }

    ConnectionEnd end() {
        return await(ended);
    }

    String next() {
        try {
            String call = calls.poll(10, TimeUnit.SECONDS);
            return call == null ? "nothing within 10 s" : call;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void expect(String... expected) {
        for (String call : expected) {
            assertThat(next()).isEqualTo(call);
        }
    }

    void assertExhausted() {
        assertThat(calls).isEmpty();
    }

    static <T> T await(java.util.concurrent.CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static Throwable awaitFailure(java.util.concurrent.CompletionStage<?> stage) {
        return await(stage.handle((value, failure) -> {
            if (failure == null) {
                throw new AssertionError("expected a failure but got " + value);
            }
            return failure instanceof java.util.concurrent.CompletionException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : failure;
        }));
    }
}
