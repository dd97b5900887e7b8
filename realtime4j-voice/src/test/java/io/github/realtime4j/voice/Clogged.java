package io.github.realtime4j.voice;

import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Receiver;
import io.github.realtime4j.transport.Transport;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/** A network whose way to the server is full of what it was given before, as soon as a test says so. */
final class Clogged implements Transport {
    private final Transport transport;
    private volatile boolean full;

    Clogged(Transport transport) {
        this.transport = transport;
    }

    void clog() {
        full = true;
    }

    @Override
    public CompletionStage<Connection> connect(Handshake handshake, Receiver receiver) {
        return transport.connect(handshake, new ForwardingReceiver(receiver) {
            @Override
            public void onOpen(Connection connection) {
                receiver.onOpen(new Narrow(connection));
            }
        });
    }

    @Override
    public void close() {
        transport.close();
    }

    private final class Narrow implements Connection {
        private final Connection connection;

        Narrow(Connection connection) {
            this.connection = connection;
        }

        @Override
        public CompletionStage<Void> send(ByteBuffer... slices) {
            return connection.send(slices);
        }

        @Override
        public long queuedBytes() {
            return full ? 16 << 20 : connection.queuedBytes();
        }

        @Override
        public boolean isWritable() {
            return !full && connection.isWritable();
        }

        @Override
        public void pauseReading() {
            connection.pauseReading();
        }

        @Override
        public void resumeReading() {
            connection.resumeReading();
        }

        @Override
        public void close(int code, String reason) {
            connection.close(code, reason);
        }

        @Override
        public void abort() {
            connection.abort();
        }
    }
}
