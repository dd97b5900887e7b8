package io.github.realtime4j.cli.voice;

import io.github.realtime4j.InputAudioBuffer;
import io.github.realtime4j.RealtimeException;
import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioEncoder;

/**
 * Sends what the microphone hears, on a thread of its own, each chunk when it would be complete: deadlines count from the
 * start, so that lateness does not add up.
 */
final class MicrophoneFeed implements AutoCloseable {
    private final InputAudioBuffer input;
    private final VoiceSettings settings;
    private final AudioEncoder encoder;
    private final int chunk;
    private final Thread thread = new Thread(this::run, "realtime-microphone");

    MicrophoneFeed(InputAudioBuffer input, VoiceSettings settings) {
        this.input = input;
        this.settings = settings;
        this.encoder = new AudioEncoder(settings.inputFormat(), ConversationClock.RATE);
        this.chunk = (int) ConversationClock.samplesIn(settings.chunkMillis());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            for (long sent = 0; !Thread.currentThread().isInterrupted(); sent += chunk) {
                settings.clock().sleepUntil(sent + chunk);
                short[] samples = settings.microphone().next(chunk);
                settings.userHeard().accept(samples);
                AudioBytes audio = encoder.encode(samples);
                if (!audio.isEmpty()) {
                    input.append(audio);
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
