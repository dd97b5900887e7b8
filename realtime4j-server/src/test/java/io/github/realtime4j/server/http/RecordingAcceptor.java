package io.github.realtime4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.transport.Acceptor;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Receiver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Lets everybody in and writes down what they say. */
final class RecordingAcceptor implements Acceptor {
    private final BlockingQueue<Session> sessions = new LinkedBlockingQueue<>();
    private volatile BiConsumer<Session, String> onMessage = (session, message) -> {};

    static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    RecordingAcceptor echoing() {
        onMessage = (session, message) -> session.connection.send(utf8(message));
        return this;
    }

    RecordingAcceptor onMessage(BiConsumer<Session, String> onMessage) {
        this.onMessage = onMessage;
        return this;
    }

    @Override
    public Receiver accept(Handshake handshake) {
        return new Session(handshake);
    }

    Session take() throws InterruptedException {
        Session session = sessions.poll(10, TimeUnit.SECONDS);
        assertThat(session).as("a session").isNotNull();
        return session;
    }

    final class Session implements ServerReceiver {
        final Handshake handshake;
        final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        volatile Connection connection;
        volatile ConnectionEnd end;

        private Session(Handshake handshake) {
            this.handshake = handshake;
        }

        String next() throws InterruptedException {
            String event = events.poll(10, TimeUnit.SECONDS);
            assertThat(event).as("an event").isNotNull();
            return event;
        }

        @Override
        public void onOpen(Connection opened) {
            connection = opened;
            sessions.add(this);
        }

        @Override
        public void onMessage(ByteBuffer message) {
            String text = StandardCharsets.UTF_8.decode(message.duplicate()).toString();
            try {
                onMessage.accept(this, text);
            } finally {
                events.add("message " + text);
            }
        }

        @Override
        public void onBinary(long length) {
            events.add("binary " + length);
        }

        @Override
        public void onWritable() {
            events.add("writable");
        }

        @Override
        public void onEnd(ConnectionEnd ended) {
            end = ended;
            events.add("end " + ended);
        }
    }
}
