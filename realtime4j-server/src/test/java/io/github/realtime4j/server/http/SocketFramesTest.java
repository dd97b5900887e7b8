package io.github.realtime4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.Receiver;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SocketFramesTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<ConnectionEnd> ends = new ArrayList<>();
    private int messages;

    private final SocketConnection connection = new SocketConnection(
            channel,
            new Receiver() {
                @Override
                public void onMessage(ByteBuffer message) {
                    messages++;
                }

                @Override
                public void onEnd(ConnectionEnd end) {
                    ends.add(end);
                }
            },
            FrontOptions.DEFAULT.wire());

    SocketFramesTest() {
        channel.pipeline().addLast(new SocketFrames(connection, 1000));
    }

    @AfterEach
    void finish() {
        channel.finishAndReleaseAll();
        assertThat(ends).hasSize(1);
    }

    @Test
    void aClientThatFloodsPingsAndDoesNotReadGetsOnePong() {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        for (int i = 0; i < 1000; i++) {
            channel.writeInbound(new PingWebSocketFrame(Unpooled.copyInt(i)));
        }
        assertThat(channel.<Object>readOutbound()).isNull();
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        channel.runPendingTasks();

        PongWebSocketFrame pong = channel.readOutbound();
        assertThat(pong.content().getInt(0)).isEqualTo(999);
        pong.release();
        assertThat(channel.<Object>readOutbound()).isNull();
    }

    @Test
    void messagesWaitInTheQueueWhileTheSocketTakesNothing() {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        var sent = connection.send(ByteBuffer.allocate(10)).toCompletableFuture();
        channel.runPendingTasks();
        assertThat(channel.<Object>readOutbound()).isNull();
        assertThat(connection.queuedBytes()).isEqualTo(10);
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        channel.runPendingTasks();

        channel.<TextWebSocketFrame>readOutbound().release();
        assertThat(sent).isCompleted();
        assertThat(connection.queuedBytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "7b7d, true",
        "c3bc, true",
        "e282ac, true",
        "f09f9880, true",
        "c0af, false",
        "c3, false",
        "80, false",
        "eda080, false",
        "f4908080, false",
        "f8888080, false",
        "616263646566676869c3bc, true",
        "616263646566676869c3, false",
    })
    void onlyUtf8IsDelivered(String hex, boolean valid) {
        byte[] text = HexFormat.of().parseHex(hex);
        channel.writeInbound(new TextWebSocketFrame(Unpooled.wrappedBuffer(text)));

        assertThat(messages).isEqualTo(valid ? 1 : 0);
        assertThat(Utf8.isValid(ByteBuffer.wrap(text))).isEqualTo(valid);
        assertThat(Utf8.isValid(ByteBuffer.wrap(("ü".repeat(3000) + new String(text, StandardCharsets.ISO_8859_1))
                        .getBytes(StandardCharsets.UTF_8))))
                .isTrue();
    }
}
