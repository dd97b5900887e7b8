package io.github.realtime4j.server.session;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everybody who attends to a call; perhaps nobody. A call does not wait for them. */
final class Attendants implements Audience {
    private final List<Line> lines = new ArrayList<>();

    /** Whose event is being dealt with; null in between. */
    private @Nullable Line speaker;

    void add(Line line) {
        lines.add(line);
    }

    void remove(Line line) {
        lines.remove(line);
    }

    /** Deals with an event of one of them. */
    void hear(Line from, Runnable event) {
        speaker = from;
        try {
            event.run();
        } finally {
            speaker = null;
        }
    }

    @Override
    public void send(ByteBuffer... message) {
        for (Line line : lines) {
            line.send(copy(message));
        }
    }

    /** Each connection owns, and consumes, the slices it is given. */
    private static ByteBuffer[] copy(ByteBuffer[] message) {
        ByteBuffer[] copy = new ByteBuffer[message.length];
        for (int i = 0; i < message.length; i++) {
            copy[i] = message[i].duplicate();
        }
        return copy;
    }

    @Override
    public void reply(ByteBuffer... message) {
        if (speaker == null) {
            send(message);
        } else {
            speaker.send(message);
        }
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void close(int code, String reason) {
        lines.forEach(line -> line.close(code, reason));
    }
}
