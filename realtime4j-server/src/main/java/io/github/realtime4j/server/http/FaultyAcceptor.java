package io.github.realtime4j.server.http;

import io.github.realtime4j.server.Fault;
import io.github.realtime4j.server.Fault.RefuseUpgrade;
import io.github.realtime4j.server.Trigger.Moment;
import io.github.realtime4j.transport.Acceptor;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.Receiver;
import java.util.List;
import java.util.function.Function;

/**
 * An acceptor whose connections misbehave as told. Works over any transport; frames that are malformed below the level of
 * text need a socket, and end a connection in memory instead.
 */
public final class FaultyAcceptor implements Acceptor {
    private final Acceptor acceptor;
    private final Function<Handshake, List<Fault>> faults;
    private final Alarm alarm;

    /**
     * @param faults those of the connection that is opening, in the order they apply; asked once for each
     */
    public FaultyAcceptor(Acceptor acceptor, Function<Handshake, List<Fault>> faults, Alarm alarm) {
        this.acceptor = acceptor;
        this.faults = faults;
        this.alarm = alarm;
    }

    @Override
    public Receiver accept(Handshake handshake) {
        List<Fault> connectionFaults = faults.apply(handshake);
        for (Fault fault : connectionFaults) {
            if (fault instanceof RefuseUpgrade refusal && refusal.when().moment() == Moment.CONNECT) {
                throw new HandshakeException(
                        "refused by a fault with status " + refusal.status(),
                        refusal.status(),
                        null,
                        refusal.body(),
                        null);
            }
        }
        Receiver receiver = acceptor.accept(handshake);
        return connectionFaults.isEmpty()
                ? receiver
                : new FaultyReceiver(receiver, new FaultPlan(connectionFaults), alarm);
    }
}
