package io.github.realtime4j.netty;

import io.github.realtime4j.transport.TransportOptions;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Pings a peer and gives up on a silent one. Any bytes from it are a sign of life; so is a socket that takes what is queued
 * before the ping. While reading is paused nothing is expected of the peer.
 */
final class KeepAlive {
    private final Channel channel;
    private final OutgoingQueue outgoing;
    private final Runnable noPong;
    private final long pingNanos;
    private final long pongNanos;
    private @Nullable ScheduledFuture<?> nextPing;
    private @Nullable ScheduledFuture<?> deadline;
    private volatile boolean heard;

    KeepAlive(Channel channel, TransportOptions options, OutgoingQueue outgoing, Runnable noPong) {
        this.channel = channel;
        this.outgoing = outgoing;
        this.noPong = noPong;
        pingNanos = options.pingInterval().toNanos();
        pongNanos = options.pongTimeout().toNanos();
    }

    /** On the event loop, as everything but {@link #heard}. */
    void start() {
        if (pingNanos > 0 && channel.isActive()) {
            nextPing =
                    channel.eventLoop().scheduleWithFixedDelay(this::ping, pingNanos, pingNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void ping() {
        if (deadline == null) {
            heard = false;
            await(channel.writeAndFlush(new PingWebSocketFrame()), outgoing.progress());
        }
    }

    private void await(ChannelFuture ping, OutgoingQueue.Progress progress) {
        deadline = channel.eventLoop()
                .schedule(
                        () -> {
                            deadline = null;
                            if (heard || !channel.config().isAutoRead()) {
                                return;
                            }
                            if (!ping.isDone() && outgoing.progress().isBeyond(progress)) {
                                await(ping, outgoing.progress());
                            } else {
                                noPong.run();
                            }
                        },
                        pongNanos,
                        TimeUnit.NANOSECONDS);
    }

    /** A sign of life, or a reason to expect none before the next ping. */
    void heard() {
        heard = true;
    }

    void stop() {
        if (nextPing != null) {
            nextPing.cancel(false);
        }
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
