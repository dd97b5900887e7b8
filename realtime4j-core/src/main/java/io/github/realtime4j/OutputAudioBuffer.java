package io.github.realtime4j;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a WebRTC or telephone call is playing: {@code output_audio_buffer.*}. Any thread may call. */
public final class OutputAudioBuffer {
    private final RealtimeSession session;

    OutputAudioBuffer(RealtimeSession session) {
        this.session = session;
    }

    /** Stops playing what is left. On a plain WebSocket the application plays, and the server refuses this. */
    public CompletableFuture<@Nullable Void> clear() {
        return session.ask(live -> live.commands().clearOutput());
    }
}
