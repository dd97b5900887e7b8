package io.github.realtime4j.voice;

import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Receiver;
import io.github.realtime4j.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** What the server says arrives as something else; what becomes empty does not arrive. */
record Rewritten(Transport transport, UnaryOperator<String> as) implements Transport {
    @Override
    public CompletionStage<Connection> connect(Handshake handshake, Receiver receiver) {
        return transport.connect(handshake, new ForwardingReceiver(receiver) {
            @Override
            public void onMessage(ByteBuffer message) {
                String json = as.apply(StandardCharsets.UTF_8.decode(message).toString());
                if (!json.isEmpty()) {
                    receiver.onMessage(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
                }
            }
        });
    }

    @Override
    public void close() {
        transport.close();
    }
}
