package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Receiver;
import io.github.realtime4j.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A compatible server that answers turns by itself, whatever it is told. */
final class UnheedingServerTest {
    /** Says so often that it answers turns by itself. */
    private static final int STUBBORN = 40;

    /** What arrives from such a server. */
    private static final class Unheeding implements Transport {
        private final Transport transport;
        private int told;

        Unheeding(Transport transport) {
            this.transport = transport;
        }

        @Override
        public CompletionStage<Connection> connect(Handshake handshake, Receiver receiver) {
            return transport.connect(handshake, new Receiver() {
                @Override
                public void onOpen(Connection connection) {
                    receiver.onOpen(connection);
                }

                @Override
                public void onMessage(ByteBuffer message) {
                    String json = StandardCharsets.UTF_8.decode(message).toString();
                    if (json.contains("\"session.updated\"") && told++ < STUBBORN) {
                        json = json.replace("\"create_response\":false", "\"create_response\":true");
                    }
                    receiver.onMessage(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
                }

                @Override
                public void onWritable() {
                    receiver.onWritable();
                }

                @Override
                public void onEnd(ConnectionEnd end) {
                    receiver.onEnd(end);
                }
            });
        }

        @Override
        public void close() {
            transport.close();
        }
    }

    @Test
    void itIsNotAskedOverAndOver() throws Exception {
        try (Room room = new Room(Room.HANDS_FREE, 24_000, Unheeding::new, true)) {
            room.start(room.voice(room.sink(24_000))
                    .interruptions(Interruptions.sustained(Duration.ofMillis(200))));
            room.pass(5_000);

            assertThat(Collections.frequency(room.commands(), "session.update")).isLessThan(6);
        }
    }
}
