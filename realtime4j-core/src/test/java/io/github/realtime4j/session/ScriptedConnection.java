package io.github.realtime4j.session;

import io.github.realtime4j.transport.Connection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A connection that holds what it is given until a test lets it go. */
final class ScriptedConnection implements Connection {
    final List<String> sent = new ArrayList<>();
    final Queue<Write> held = new ArrayDeque<>();
    boolean writable = true;
    int pauses;
    int resumes;
    private long queued;

    record Write(int bytes, CompletableFuture<Void> written) {}

    @Override
    public CompletionStage<Void> send(ByteBuffer... slices) {
        StringBuilder text = new StringBuilder();
        for (ByteBuffer slice : slices) {
            text.append(StandardCharsets.UTF_8.decode(slice.duplicate()));
        }
        int bytes = text.length();
        sent.add(bytes > 20 ? text.charAt(0) + "*" + bytes : text.toString());
        queued += bytes;
        Write write = new Write(bytes, new CompletableFuture<>());
        held.add(write);
        return write.written;
    }

    /** The oldest message leaves. */
    void write() {
        Write write = held.remove();
        queued -= write.bytes;
        write.written.complete(null);
    }

    void writeAll() {
        while (!held.isEmpty()) {
            write();
        }
    }

    @Override
    public long queuedBytes() {
        return queued;
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void pauseReading() {
        pauses++;
    }

    @Override
    public void resumeReading() {
        resumes++;
    }

    @Override
    public void close(int code, String reason) {
        sent.add("close " + code + " " + reason);
    }

    @Override
    public void abort() {
        sent.add("abort");
    }
}
