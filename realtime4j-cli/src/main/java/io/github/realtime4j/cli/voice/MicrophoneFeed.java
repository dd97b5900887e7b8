package io.github.realtime4j.cli.voice;

import io.github.realtime4j.RealtimeConnection;
import io.github.realtime4j.RealtimeException;
import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioEncoder;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.protocol.ClientEvent.InputAudioBufferAppend;
import java.util.function.Consumer;

/**
 * Sends what the microphone hears, on a thread of its own, each chunk when it would be complete: deadlines count from the
 * start, so that lateness does not add up.
 */
final class MicrophoneFeed implements AutoCloseable {
    private final RealtimeConnection connection;
    private final ConversationClock clock;
    private final Microphone microphone;
    private final AudioEncoder encoder;
    private final int chunk;
    private final Consumer<short[]> heard;
    private final Thread thread = new Thread(this::run, "realtime-microphone");

    /**
     * @param chunkMillis length of one event
     * @param heard gets what was sent, in samples of {@link ConversationClock#RATE}
     */
    MicrophoneFeed(
            RealtimeConnection connection,
            ConversationClock clock,
            Microphone microphone,
            AudioFormat format,
            int chunkMillis,
            Consumer<short[]> heard) {
        this.connection = connection;
        this.clock = clock;
        this.microphone = microphone;
        this.encoder = new AudioEncoder(format, ConversationClock.RATE);
        this.chunk = (int) ConversationClock.samplesIn(chunkMillis);
        this.heard = heard;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            for (long sent = 0; !Thread.currentThread().isInterrupted(); sent += chunk) {
                clock.sleepUntil(sent + chunk);
                short[] samples = microphone.next(chunk);
                heard.accept(samples);
                AudioBytes audio = encoder.encode(samples);
                if (!audio.isEmpty()) {
                    connection.send(new InputAudioBufferAppend(audio));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RealtimeException e) {
            // Whoever receives learns of the end, and why.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
