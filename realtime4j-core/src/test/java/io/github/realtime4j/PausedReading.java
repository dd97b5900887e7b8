package io.github.realtime4j;

import io.github.realtime4j.transport.Connection;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A connection of which only the reading matters. */
final class PausedReading implements Connection {
    boolean paused;

    @Override
    public CompletionStage<Void> send(ByteBuffer... slices) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public long queuedBytes() {
        return 0;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
    }

    @Override
    public void close(int code, String reason) {}

    @Override
    public void abort() {}
}
