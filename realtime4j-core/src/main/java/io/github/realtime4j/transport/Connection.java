package io.github.realtime4j.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** One open connection: a pipe of whole UTF-8 text messages in both directions. Every method is safe from any thread. */
public interface Connection {
    /**
     * Queues one text message, given as consecutive slices; messages leave in the order of the calls.
     *
     * <p>The slices belong to the connection from here on: it may read them after the call, so nobody may change them.
     *
     * @return completes, on an I/O thread, when the bytes have been handed to the operating system (or to the peer in
     *     memory); fails with {@link WriteRefusedException} when the message was not queued, because the bound on queued
     *     bytes was reached or the connection is closing or has ended; fails with {@link java.io.IOException} when the
     *     connection ended with the message still in the queue
     */
    CompletionStage<Void> send(ByteBuffer... slices);

    /** Bytes that were queued and not yet handed on. */
    long queuedBytes();

    /** False from when the queue has reached the high-water mark until it has drained; see {@link Receiver#onWritable}. */
    boolean isWritable();

    /**
     * Stops reading: at most what is already decoded still reaches the receiver, then the peer's TCP window fills. The
     * peer's end of the connection is not seen either, and its pongs are not missed.
     */
    void pauseReading();

    /** Reads again. Pause and resume do not nest. */
    void resumeReading();

    /**
     * Sends a close frame after everything queued, and waits for the peer's; a peer that does not answer in time is
     * aborted. Messages that arrive before the peer's close frame still reach the receiver: closing resumes reading.
     * Later calls have no effect.
     *
     * @param code a close code that may be sent: 1000 to 1003, 1007 to 1014, 3000 to 4999
     * @param reason at most 123 bytes of UTF-8
     * @throws IllegalArgumentException if the code or the reason may not be sent
     */
    void close(int code, String reason);

    /** Drops the connection without a close frame, and what was queued with it. */
    void abort();
}
