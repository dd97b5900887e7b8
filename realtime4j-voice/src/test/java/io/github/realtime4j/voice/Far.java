package io.github.realtime4j.voice;

import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.server.ManualTime;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Receiver;
import io.github.realtime4j.transport.Transport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** What the server sends arrives so much later. */
record Far(Transport transport, ManualTime time, Duration late) implements Transport {
    @Override
    public CompletionStage<Connection> connect(Handshake handshake, Receiver receiver) {
        return transport.connect(handshake, new ForwardingReceiver(receiver) {
            @Override
            public void onMessage(ByteBuffer message) {
                byte[] copy = new byte[message.remaining()];
                message.get(copy);
                time.schedule(late, () -> receiver.onMessage(ByteBuffer.wrap(copy)));
            }

            @Override
            public void onEnd(ConnectionEnd end) {
                time.schedule(late, () -> receiver.onEnd(end));
            }
        });
    }

    @Override
    public void close() {
        transport.close();
    }

    /** A room with a server that is so far away. */
    static Room room(SessionConfig config, long millis) {
        return new Room(
                config,
                24_000,
                (time, transport) -> new Far(transport, time, Duration.ofMillis(millis)),
                true,
                RealtimeServer.builder());
    }
}
