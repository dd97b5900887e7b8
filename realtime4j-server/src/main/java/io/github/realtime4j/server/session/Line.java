package io.github.realtime4j.server.session;

import io.github.realtime4j.server.RecordedSession.Direction;
import io.github.realtime4j.server.ServerTime;
import io.github.realtime4j.transport.Connection;
import java.nio.ByteBuffer;

/** One connection, and its recording. */
final class Line implements Audience {
    private final Connection connection;
    private final ServerTime time;
    private final SessionRecording recording;

    Line(Connection connection, ServerTime time, SessionRecording recording) {
        this.connection = connection;
        this.time = time;
        this.recording = recording;
    }

    @Override
    public void send(ByteBuffer... message) {
        if (recording.keeps()) {
            recording.add(time.instant(), Direction.RECEIVED, message);
        }
        var unused = connection.send(message).exceptionally(failure -> {
            if (!connection.isWritable()) {
                // The client asks and does not read: no bound but this one would hold.
                connection.abort();
            }
            return null;
        });
    }

    @Override
    public void reply(ByteBuffer... message) {
        send(message);
    }

    @Override
    public boolean isWritable() {
        return connection.isWritable();
    }

    @Override
    public void close(int code, String reason) {
        connection.close(code, reason);
    }
}
