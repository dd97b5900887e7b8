package io.github.realtime4j;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows messages to a tap, if there is one. A tap that throws is reported, and changes nothing. */
final class Tapping {
    private static final Logger LOG = LoggerFactory.getLogger(RawTap.class);

    private final @Nullable RawTap tap;

    Tapping(@Nullable RawTap tap) {
        this.tap = tap;
    }

    void received(ByteBuffer message) {
        if (tap != null) {
            show(tap, RawTap.Direction.RECEIVED, message.asReadOnlyBuffer());
        }
    }

    void sent(ByteBuffer[] slices) {
        if (tap != null) {
            show(tap, RawTap.Direction.SENT, joined(slices));
        }
    }

    private static void show(RawTap tap, RawTap.Direction direction, ByteBuffer message) {
        try {
            tap.message(direction, message);
        } catch (RuntimeException | Error e) {
            LOG.error("The tap threw; the connection goes on", e);
        }
    }

    private static ByteBuffer joined(ByteBuffer[] slices) {
        int size = 0;
        for (ByteBuffer slice : slices) {
            size += slice.remaining();
        }
        ByteBuffer whole = ByteBuffer.allocate(size);
        for (ByteBuffer slice : slices) {
            whole.put(slice.duplicate());
        }
        return whole.flip().asReadOnlyBuffer();
    }
}
