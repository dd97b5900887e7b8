package io.github.realtime4j.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pings and their deadlines, on the channel's own frozen clock. */
final class KeepAliveTest {
    private final ReceiverRecorder receiver = new ReceiverRecorder();
    private final Stall socket = new Stall();
    private final EmbeddedChannel channel = new EmbeddedChannel(socket);
    private final NettyConnection connection = new NettyConnection(
            channel, receiver, Fixtures.PLAIN.pings(Duration.ofSeconds(20), Duration.ofSeconds(10)));

    KeepAliveTest() {
        channel.freezeTime();
        channel.pipeline().addLast("start", new io.netty.channel.ChannelInboundHandlerAdapter());
        channel.pipeline().addLast("receiver", connection.inbound());
        Pipelines.addFrameCodecs(channel.pipeline(), "start", Fixtures.PLAIN, true);
        connection.opened();
        receiver.expect("open");
    }

    @AfterEach
    void tearDown() {
        channel.finishAndReleaseAll();
    }

    private void advance(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    private void receive(int... bytes) {
        ByteBuf buffer = Unpooled.buffer();
        for (int b : bytes) {
            buffer.writeByte(b);
        }
        channel.writeInbound(buffer);
    }

    private int pings() {
        int pings = 0;
        for (ByteBuf frame = channel.readOutbound(); frame != null; frame = channel.readOutbound()) {
            pings += frame.getUnsignedByte(0) == 0x89 ? 1 : 0;
            frame.release();
        }
        return pings;
    }

    @Test
    void aPingGoesOutEachInterval() {
        advance(19);
        assertThat(pings()).isZero();
        advance(1);
        assertThat(pings()).isEqualTo(1);
        receive(0x8a, 0);
        advance(20);
        assertThat(pings()).isEqualTo(1);
    }

    @Test
    void aSilentPeerIsGivenUpAfterThePongTimeout() {
        advance(20);
        advance(9);
        receiver.assertExhausted();
        advance(1);
        receiver.expect("end 1006 CLIENT");
        assertThat(receiver.end().reason()).isEqualTo("no pong within 10000 ms");
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void anyBytesAreASignOfLife() {
        advance(20);
        receive(0x81, 0x7e, 0x01); // the beginning of a long message
        advance(10);
        receiver.assertExhausted();
        advance(10);
        advance(10);
        receiver.expect("end 1006 CLIENT");
    }

    @Test
    void bytesBeforeThePingDoNotCount() {
        receive(0x81, 1, 'a');
        receiver.expect("a");
        advance(20);
        advance(10);
        receiver.expect("end 1006 CLIENT");
    }

    @Test
    void nothingIsExpectedWhileReadingIsPaused() {
        connection.pauseReading();
        advance(20);
        advance(20);
        advance(20);
        receiver.assertExhausted();
        connection.resumeReading();
        channel.runPendingTasks();
        advance(10);
        receiver.assertExhausted();
        advance(20);
        advance(20);
        receiver.expect("end 1006 CLIENT");
    }

    @Test
    void aSocketThatStillTakesWhatWasQueuedBeforeThePingIsAlive() {
        socket.stalled = true;
        connection.send(Fixtures.utf8("a"));
        connection.send(Fixtures.utf8("b"));
        channel.runPendingTasks();
        advance(20);
        socket.takeOne();
        advance(10);
        receiver.assertExhausted();
        advance(10);
        receiver.expect("end 1006 CLIENT");
    }

    @Test
    void noPingFollowsTheEnd() {
        connection.abort();
        channel.runPendingTasks();
        receiver.expect("end 1006 USER");
        advance(100);
        assertThat(pings()).isZero();
        receiver.assertExhausted();
    }

    @Test
    void aFloodOfPingsIsAnsweredOneAtATimeAndTheLatestWins() {
        socket.stalled = true;
        for (int i = 0; i < 1000; i++) {
            receive(0x89, 1, i & 0xff);
        }
        assertThat(socket.waiting.size()).isEqualTo(1);
        socket.takeOne();
        assertThat(socket.waiting.size()).isEqualTo(1);
    }

    /** A socket that can stop taking bytes. */
    private static final class Stall extends ChannelOutboundHandlerAdapter {
        private record Write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {}

        final java.util.ArrayDeque<Write> waiting = new java.util.ArrayDeque<>();
        boolean stalled;

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            if (stalled) {
                waiting.add(new Write(ctx, message, promise));
            } else {
                var unused = ctx.write(message, promise);
            }
        }

        void takeOne() {
            Write next = waiting.remove();
            var unused = next.ctx().writeAndFlush(next.message(), next.promise());
        }
    }
}
