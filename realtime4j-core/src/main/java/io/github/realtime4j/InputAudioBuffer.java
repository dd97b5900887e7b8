package io.github.realtime4j;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.protocol.ClientEvent;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the user says: {@code input_audio_buffer.*}. Any thread may call. */
public final class InputAudioBuffer {
    private final RealtimeSession session;

    InputAudioBuffer(RealtimeSession session) {
        this.session = session;
    }

    /**
     * Queues audio in the session's input format, of any length, and returns; what one thread appends stays in order. Where
     * the network is slower than the audio, this waits, or fails, as {@link SessionOptions} say. The server acknowledges no
     * audio.
     *
     * @throws SendQueueFullException if there is no room and the session is not to wait; this audio is not sent
     * @throws RealtimeException if the session has ended, or the thread is interrupted while it waits
     * @throws IllegalStateException if it is not connected yet
     */
    public void append(AudioBytes audio) {
        session.live().commands().append(new ClientEvent.InputAudioBufferAppend(audio));
    }

    /** Copies the bytes and appends them; see {@link #append(AudioBytes)}. */
    public void append(byte[] audio) {
        append(AudioBytes.copyOf(audio));
    }

    /**
     * Ends the user's turn: what has been appended, at least 100 ms of it, becomes an item. With turn detection the server
     * does this itself. It asks for no response.
     *
     * @return the item's id
     */
    public CompletableFuture<String> commit() {
        return session.ask(live -> live.commands().commitInput());
    }

    /** Throws away what has been appended and not been committed. */
    public CompletableFuture<@Nullable Void> clear() {
        return session.ask(live -> live.commands().clearInput());
    }
}
