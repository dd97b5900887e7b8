package io.github.realtime4j.server.session;

import java.nio.ByteBuffer;

/** Who receives the events of a session. Confined to the session's loop. */
sealed interface Audience permits Line, Attendants {
    /** One event. */
    void send(ByteBuffer... message);

    /** An answer that concerns only the client that is being heard. */
    void reply(ByteBuffer... message);

    /** Whether it keeps up with reading. */
    boolean isWritable();

    /** Nothing follows. */
    void close(int code, String reason);
}
