package io.github.realtime4j.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.transport.TransportOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes of a server in, calls of the receiver and bytes for the server out; no socket, no clock but the channel's. */
final class WebSocketInboundTest {
    private final ReceiverRecorder receiver = new ReceiverRecorder();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private NettyConnection connection = open(Fixtures.PLAIN.maxMessageBytes(1000));

    private NettyConnection open(TransportOptions options) {
        NettyConnection opened = new NettyConnection(channel, receiver, options);
        channel.freezeTime();
        channel.pipeline().addLast("start", new ChannelInboundHandlerAdapter());
        channel.pipeline().addLast("receiver", opened.inbound());
        Pipelines.addFrameCodecs(channel.pipeline(), "start", options, true);
        opened.opened();
        receiver.expect("open");
        return opened;
    }

    @AfterEach
    void nothingElseHappened() {
        receiver.assertExhausted();
        channel.finishAndReleaseAll();
    }

    private void receive(String hex) {
        channel.writeInbound(Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", ""))));
        channel.runPendingTasks();
    }

    /** The next frame sent, unmasked: first byte, length, payload. */
    private String sent() {
        channel.runPendingTasks();
        ByteBuf frame = channel.readOutbound();
        if (frame == null) {
            return "nothing";
        }
        try {
            int first = frame.readUnsignedByte();
            int length = frame.readUnsignedByte();
            assertThat(length & 0x80).as("mask bit").isEqualTo(0x80);
            byte[] mask = new byte[4];
            frame.readBytes(mask);
            byte[] payload = new byte[length & 0x7f];
            frame.readBytes(payload);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % 4];
            }
            return String.format("%02x %s", first, ByteBufUtil.hexDump(payload)).strip();
        } finally {
            frame.release();
        }
    }

    private void advance(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    @Test
    void fragmentsBecomeOneMessageWithAPingInBetween() {
        receive("01 02 48e2"); // text, not final, cut inside a character
        receive("89 01 2a"); // ping
        receive("00 01 82"); // continuation, not final
        receive("80 02 ac21"); // continuation, final
        receiver.expect("H€!");
        assertThat(sent()).isEqualTo("8a 2a");
    }

    @Test
    void framesInOneReadBecomeMessagesInOrder() {
        receive("81 01 61 81 01 62 81 00 81 01 63");
        receiver.expect("a", "b", "", "c");
    }

    @Test
    void aPongAndAnUnexpectedLateFrameAreNoMessages() {
        receive("8a 00 8a 01 00");
    }

    @ParameterizedTest
    @CsvSource({
        "82 01 00, 1003, unexpected binary frame",
        "81 02 c328, 1007, message is not UTF-8",
        "81 03 eda080, 1007, message is not UTF-8",
        "81 7e 03e9, 1009, message longer than 1000 bytes",
        "81 7f 7fffffffffffffff, 1009, message longer than 1000 bytes",
        "c1 01 61, 1002, 'RSV != 0 and no extension negotiated, RSV:4'",
        "81 81 00000000 61, 1002, received a frame that is not masked as expected",
        "83 00, 1002, data frame using reserved opcode 3",
        "8b 00, 1002, control frame using reserved opcode 11",
        "09 00, 1002, fragmented control frame",
        "89 7e 007e, 1002, control frame with payload length > 125 octets",
        "80 01 61, 1002, received continuation data frame outside fragmented message",
        "01 01 61 81 01 62, 1002, received non-continuation data frame while inside fragmented message",
        "81 7e 0001 61, 1002, invalid data frame length (not using minimal length encoding)",
        "88 01 03, 1002, received close control frame with payload len 1",
        "88 02 03ed, 1002, Invalid close frame getStatus code: 1005",
    })
    void aPeerThatBreaksTheRulesIsToldAndLeft(String frame, int code, String reason) {
        receive(frame);
        receiver.expect("end " + code + " CLIENT");
        assertThat(receiver.end().reason()).isEqualTo(reason);
        assertThat(sent()).startsWith("88 " + String.format("%04x", code));
        receive("81 01 61");
        assertThat(channel.isOpen()).as("waits for the peer to hang up").isTrue();
        advance(4999);
        assertThat(channel.isOpen()).isTrue();
        advance(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void fragmentsThatAreTooBigTogetherEndWith1009() {
        receive("01 7e 0200" + "61".repeat(512));
        receive("00 7e 01e9" + "61".repeat(489));
        receiver.expect("end 1009 CLIENT");
        assertThat(sent()).startsWith("88 03f1");
    }

    @Test
    void fragmentsOfExactlyTheLimitAreDelivered() {
        receive("01 7e 0200" + "61".repeat(512));
        receive("80 7e 01e8" + "61".repeat(488));
        receiver.expect("a".repeat(1000));
    }

    @Test
    void aCloseFrameIsAnsweredAndEndsTheChannel() {
        receive("88 06 03e9 62796521 81 01 61");
        receiver.expect("end 1001 SERVER");
        assertThat(receiver.end().reason()).isEqualTo("bye!");
        assertThat(sent()).isEqualTo("88 03e9");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aCloseFrameWithoutACodeIs1005() {
        receive("88 00");
        receiver.expect("end 1005 SERVER");
        assertThat(sent()).isEqualTo("88");
    }

    @Test
    void aDropWithoutACloseFrameIs1006() {
        var unused = channel.close();
        receiver.expect("end 1006 SERVER");
        assertThat(receiver.end().reason()).isEqualTo("dropped without a close frame");
    }

    @Test
    void closeWaitsForTheAnswerUntilItsDeadline() {
        connection.close(1000, "bye");
        assertThat(sent()).isEqualTo("88 03e8627965");
        receive("81 01 61");
        receiver.expect("a");
        advance(4999);
        receiver.assertExhausted();
        advance(1);
        receiver.expect("end 1006 USER");
        assertThat(receiver.end().reason()).isEqualTo("no close frame within 5000 ms");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void theAnswerToACloseEndsTheConnectionAtOnce() {
        connection.close(1000, "bye");
        assertThat(sent()).isEqualTo("88 03e8627965");
        receive("88 02 03e8");
        receiver.expect("end 1000 USER");
        assertThat(receiver.end().reason()).isEqualTo("bye");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void afterAbortNothingIsDelivered() {
        connection.abort();
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {(byte) 0x81, 1, 'a'}));
        channel.runPendingTasks();
        receiver.expect("end 1006 USER");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void framesDecodedBeforeAPauseAreHeldAndPingsStillAnswered() {
        connection.pauseReading();
        receive("81 01 61 89 00 88 02 03e8");
        receiver.assertExhausted();
        assertThat(sent()).isEqualTo("8a");
        connection.resumeReading();
        channel.runPendingTasks();
        receiver.expect("a", "end 1000 SERVER");
        assertThat(sent()).isEqualTo("88 03e8");
    }

    @Test
    void heldMessagesComeBeforeTheEndWhenTheNetworkBreaks() {
        connection.pauseReading();
        receive("81 01 61");
        var unused = channel.close();
        channel.runPendingTasks();
        receiver.expect("a", "end 1006 SERVER");
    }

    @Test
    void aBurstIsFlushedOnceAndEveryFrameIsMasked() {
        for (int i = 0; i < 3; i++) {
            connection.send(ByteBuffer.wrap(new byte[] {'m', (byte) ('0' + i)}));
        }
        assertThat(connection.queuedBytes()).isEqualTo(6);
        assertThat(sent()).isEqualTo("81 6d30");
        assertThat(sent()).isEqualTo("81 6d31");
        assertThat(sent()).isEqualTo("81 6d32");
        assertThat(connection.queuedBytes()).isZero();
    }

    @Test
    void directBuffersReachTheReceiverAsAnArray() {
        ByteBuf direct = Unpooled.directBuffer().writeBytes(new byte[] {(byte) 0x81, 2, 'h', 'i'});
        channel.writeInbound(direct);
        receiver.expect("hi");
    }
}
