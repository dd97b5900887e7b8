package io.github.realtime4j.together;

import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Receiver;
import io.github.realtime4j.transport.Transport;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** Another transport whose connections drop after so many messages have been received. */
final class CuttingTransport implements Transport {
    private final Transport transport;
    private final int after;
    private int received;

    CuttingTransport(Transport transport, int after) {
        this.transport = transport;
        this.after = after;
    }

    int received() {
        return received;
    }

    @Override
    public CompletionStage<Connection> connect(Handshake handshake, Receiver receiver) {
        return transport.connect(handshake, new Receiver() {
            private Connection connection;

            @Override
            public void onOpen(Connection opened) {
                connection = opened;
                receiver.onOpen(opened);
            }

            @Override
            public void onMessage(ByteBuffer message) {
                if (received == after) {
                    connection.abort();
                } else {
                    received++;
                    receiver.onMessage(message);
                }
            }

            @Override
            public void onWritable() {
                receiver.onWritable();
            }

            @Override
            public void onEnd(ConnectionEnd end) {
                // As the network's doing, not the application's.
                receiver.onEnd(
                        received == after
                                ? new ConnectionEnd(ConnectionEnd.ABNORMAL, "cut", ConnectionEnd.Side.SERVER, null)
                                : end);
            }
        });
    }

    @Override
    public void close() {
        transport.close();
    }
}
