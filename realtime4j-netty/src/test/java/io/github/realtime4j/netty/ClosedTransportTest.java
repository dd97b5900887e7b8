package io.github.realtime4j.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.Handshake;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a connection can be asked for when the threads of its transport have ended. */
final class ClosedTransportTest {
    @Test
    void readingMayBeResumed() throws Exception {
        CompletableFuture<Thread> io = new CompletableFuture<>();
        ReceiverRecorder receiver = new ReceiverRecorder(
                connection -> {
                    connection.pauseReading();
                    io.complete(Thread.currentThread());
                },
                message -> {});
        NettyTransport transport = new NettyTransport(Fixtures.PLAIN);
        try (WebSocketTestServer server =
                new WebSocketTestServer(handshake -> new ReceiverRecorder(), Fixtures.PLAIN, null)) {
            Connection connection = ReceiverRecorder.await(transport.connect(
                    new Handshake(server.uri(), List.of(), List.of(), Duration.ofSeconds(10)), receiver));
            transport.close();
            receiver.end();
            io.join().join(10_000);
            assertThat(io.join().isAlive()).isFalse();

            assertThatCode(connection::resumeReading).doesNotThrowAnyException();
            assertThatCode(connection::pauseReading).doesNotThrowAnyException();
            assertThatCode(connection::abort).doesNotThrowAnyException();
            assertThat(connection.send(java.nio.ByteBuffer.allocate(1))).isCompletedExceptionally();
        }
    }
}
