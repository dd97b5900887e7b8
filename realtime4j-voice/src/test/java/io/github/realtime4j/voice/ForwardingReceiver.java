package io.github.realtime4j.voice;

import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.Receiver;
import java.nio.ByteBuffer;

/** Another receiver, but for what a test changes. */
class ForwardingReceiver implements Receiver {
    private final Receiver receiver;

    ForwardingReceiver(Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public void onOpen(Connection connection) {
        receiver.onOpen(connection);
    }

    @Override
    public void onMessage(ByteBuffer message) {
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
