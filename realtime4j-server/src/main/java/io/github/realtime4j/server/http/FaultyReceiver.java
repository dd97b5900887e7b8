package io.github.realtime4j.server.http;

import io.github.realtime4j.codec.EventCodec;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.ErrorEvent;
import io.github.realtime4j.server.Fault;
import io.github.realtime4j.server.Fault.CloseConnection;
import io.github.realtime4j.server.Fault.ErrorReply;
import io.github.realtime4j.server.Fault.NeverAcknowledge;
import io.github.realtime4j.server.Fault.Reset;
import io.github.realtime4j.server.Trigger.Moment;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.Receiver;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Stands between a misbehaving connection and its session: loses and refuses what the client says, by plan. */
final class FaultyReceiver implements ServerReceiver {
    private final Receiver receiver;
    private final FaultPlan plan;
    private final Alarm alarm;
    private @Nullable FaultyConnection connection;
    private boolean ended;

    FaultyReceiver(Receiver receiver, FaultPlan plan, Alarm alarm) {
        this.receiver = receiver;
        this.plan = plan;
        this.alarm = alarm;
    }

    @Override
    public synchronized void onOpen(Connection opened) {
        FaultyConnection faulty = new FaultyConnection(opened, plan, alarm, this::onWritable);
        connection = faulty;
        plan.strikes(Moment.CONNECT, "").forEach(faulty::apply);
        receiver.onOpen(faulty);
    }

    @Override
    public synchronized void onMessage(ByteBuffer message) {
        FaultyConnection faulty = connection;
        if (faulty == null || faulty.isStalled()) {
            return;
        }
        faulty.read(message.remaining());
        WireEvent event = WireEvent.of(message);
        boolean lost = false;
        for (Fault fault : plan.strikes(Moment.CLIENT_EVENT, event.type())) {
            if (fault instanceof ErrorReply reply) {
                faulty.send(refusal(reply.error(), event));
            } else {
                faulty.apply(fault);
            }
            lost |= fault instanceof ErrorReply
                    || fault instanceof NeverAcknowledge
                    || fault instanceof CloseConnection
                    || fault instanceof Reset
                    || faulty.isStalled();
        }
        if (!lost) {
            receiver.onMessage(message);
        }
    }

    private static ByteBuffer[] refusal(ErrorDetail error, WireEvent event) {
        String cause = error.eventId() == null ? event.eventId() : error.eventId();
        return EventCodec.of(Dialect.GA)
                .encode(new ErrorEvent(
                        "event_" + RandomText.base62(21),
                        new ErrorDetail(error.type(), error.code(), error.message(), error.param(), cause)));
    }

    @Override
    public synchronized void onBinary(long length) {
        if (receiver instanceof ServerReceiver server) {
            server.onBinary(length);
        } else if (connection != null) {
            connection.close(ConnectionEnd.UNSUPPORTED, "binary messages are not supported");
        }
    }

    @Override
    public synchronized void onWritable() {
        FaultyConnection faulty = connection;
        if (!ended && faulty != null && faulty.isWritable()) {
            receiver.onWritable();
        }
    }

    @Override
    public synchronized void onEnd(ConnectionEnd end) {
        ended = true;
        if (connection != null) {
            connection.end();
        }
        receiver.onEnd(end);
    }
}
