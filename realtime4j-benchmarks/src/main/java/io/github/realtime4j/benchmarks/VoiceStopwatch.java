package io.github.realtime4j.benchmarks;

import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Receiver;
import io.github.realtime4j.transport.Transport;
import io.github.realtime4j.voice.AudioSink;
import io.github.realtime4j.voice.AudioSource;
import io.github.realtime4j.voice.ClockedSink;
import io.github.realtime4j.voice.VoiceClock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A microphone, a loudspeaker and a wire that note when sound passes them. Safe from any thread. */
final class VoiceStopwatch {
    private static final int RATE = 24_000;
    private static final int PIECE = RATE / 50;
    private static final long PIECE_NANOS = 20_000_000;
    private static final long NEVER = Long.MIN_VALUE;

    private static final byte[] APPEND = utf8("\"input_audio_buffer.append\"");
    private static final byte[] DELTA = utf8("\"response.output_audio.delta\"");
    private static final byte[] SPEECH_STARTED = utf8("\"input_audio_buffer.speech_started\"");

    /** A message tells its type within its first bytes. */
    private static final int HEAD = 80;

    private final Queue<Long> read = new ConcurrentLinkedQueue<>();
    private final AtomicLong speechStarted = new AtomicLong(NEVER);
    private final AtomicLong firstDelta = new AtomicLong(NEVER);
    private final Delays sourceToWire = new Delays();
    private final Delays wireToSink = new Delays();
    private final Delays speechToFlush = new Delays();

    /** Whether a delta that comes is the first one of an answer. */
    private volatile boolean awaitsDelta = true;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Nanoseconds that something took, each time. */
    private static final class Delays {
        private final List<Long> nanos = new ArrayList<>();

        synchronized void since(long began) {
            nanos.add(System.nanoTime() - began);
        }

        synchronized String summary() {
            List<Long> sorted = nanos.stream().sorted().toList();
            return String.format(
                    Locale.ROOT,
                    "p50 %6.2f ms, p99 %6.2f ms, most %6.2f ms (%d times)",
                    sorted.get(sorted.size() / 2) / 1e6,
                    sorted.get(sorted.size() * 99 / 100) / 1e6,
                    sorted.get(sorted.size() - 1) / 1e6,
                    sorted.size());
        }
    }

    void report() {
        System.out.println("  a piece is read from the source -> append on the wire      " + sourceToWire.summary());
        System.out.println("  first audio delta from the wire -> sink.write              " + wireToSink.summary());
        System.out.println("  speech_started from the wire    -> sink.flush              " + speechToFlush.summary());
    }

    Microphone microphone(short[] speech) {
        return new Microphone(speech);
    }

    AudioSink loudspeaker() {
        return new Loudspeaker();
    }

    Transport wire(Transport transport) {
        return new Wire(transport);
    }

    /** Gives 20 ms every 20 ms: silence, or what the user says. */
    final class Microphone implements AudioSource {
        private final short[] speech;
        private final long start = System.nanoTime();
        private long pieces;
        private volatile int from;

        private Microphone(short[] speech) {
            this.speech = speech;
            this.from = speech.length;
        }

        void speak() {
            from = 0;
        }

        @Override
        public int sampleRate() {
            return RATE;
        }

        @Override
        public int read(short[] samples, int offset, int length) throws IOException {
            try {
                VoiceClock.SYSTEM.sleepUntil(start + ++pieces * PIECE_NANOS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted between two pieces");
            }
            int at = from;
            int spoken = Math.min(PIECE, speech.length - at);
            for (int i = 0; i < PIECE; i++) {
                samples[offset + i] = i < spoken ? speech[at + i] : 0;
            }
            from = at + spoken;
            read.add(System.nanoTime());
            return PIECE;
        }

        @Override
        public void close() {}
    }

    private final class Loudspeaker implements AudioSink {
        private final ClockedSink played =
                new ClockedSink(RATE, Duration.ofSeconds(1), VoiceClock.SYSTEM, samples -> {});

        @Override
        public int sampleRate() {
            return RATE;
        }

        @Override
        public void write(short[] samples, int offset, int length) throws IOException {
            long delta = firstDelta.getAndSet(NEVER);
            if (delta != NEVER) {
                wireToSink.since(delta);
            }
            played.write(samples, offset, length);
        }

        @Override
        public long playedSamples() {
            return played.playedSamples();
        }

        @Override
        public void flush() {
            long began = speechStarted.getAndSet(NEVER);
            if (began != NEVER) {
                speechToFlush.since(began);
            }
            played.flush();
        }

        @Override
        public void drain() throws InterruptedException {
            played.drain();
        }

        @Override
        public void close() {
            played.close();
        }
    }

    private final class Wire implements Transport {
        private final Transport transport;

        private Wire(Transport transport) {
            this.transport = transport;
        }

        @Override
        public CompletionStage<Connection> connect(Handshake handshake, Receiver receiver) {
            return transport.connect(handshake, new In(receiver)).thenApply(Out::new);
        }

        @Override
        public void close() {
            transport.close();
        }
    }

    /** What comes from the wire. */
    private final class In implements Receiver {
        private final Receiver receiver;

        private In(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void onOpen(Connection connection) {
            receiver.onOpen(new Out(connection));
        }

        @Override
        public void onMessage(ByteBuffer message) {
            if (isOf(DELTA, message)) {
                if (awaitsDelta) {
                    awaitsDelta = false;
                    firstDelta.set(System.nanoTime());
                }
            } else if (isOf(SPEECH_STARTED, message)) {
                awaitsDelta = true;
                firstDelta.set(NEVER);
                speechStarted.set(System.nanoTime());
            }
            receiver.onMessage(message);
        }

        @Override
        public void onWritable() {
            receiver.onWritable();
        }

        @Override
        public void onEnd(ConnectionEnd end) {
            receiver.onEnd(end);
        }
    }

    private static boolean isOf(byte[] type, ByteBuffer message) {
        int last = Math.min(message.remaining(), HEAD) - type.length;
        for (int at = 0; at <= last; at++) {
            int same = 0;
            while (same < type.length && message.get(message.position() + at + same) == type[same]) {
                same++;
            }
            if (same == type.length) {
                return true;
            }
        }
        return false;
    }

    /** What goes to the wire. */
    private final class Out implements Connection {
        private final Connection connection;

        private Out(Connection connection) {
            this.connection = connection;
        }

        @Override
        public CompletionStage<Void> send(ByteBuffer... slices) {
            if (isOf(APPEND, slices[0])) {
                Long piece = read.poll();
                if (piece != null) {
                    sourceToWire.since(piece);
                }
            }
            return connection.send(slices);
        }

        @Override
        public long queuedBytes() {
            return connection.queuedBytes();
        }

        @Override
        public boolean isWritable() {
            return connection.isWritable();
        }

        @Override
        public void pauseReading() {
            connection.pauseReading();
        }

        @Override
        public void resumeReading() {
            connection.resumeReading();
        }

        @Override
        public void close(int code, String reason) {
            connection.close(code, reason);
        }

        @Override
        public void abort() {
            connection.abort();
        }
    }
}
