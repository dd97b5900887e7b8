package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;

/** Sound in events, for a client that plays it. */
final class SentAudio implements OutputAudio {
    private final Outbox out;

    SentAudio(Outbox out) {
        this.out = out;
    }

    @Override
    public void add(Piece piece, AudioBytes audio, AudioFormat format) {
        out.sendAudio(piece, audio);
    }
}
