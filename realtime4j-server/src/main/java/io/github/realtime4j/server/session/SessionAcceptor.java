package io.github.realtime4j.server.session;

import io.github.realtime4j.transport.Acceptor;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.Receiver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes a session of every connection, but for those that attend to a call. */
public final class SessionAcceptor implements Acceptor {
    private final ServerParts server;
    private final Calls calls;
    private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();

    public SessionAcceptor(ServerParts server, Calls calls) {
        this.server = server;
        this.calls = calls;
    }

    @Override
    public Receiver accept(Handshake handshake) {
        Query query = Query.of(handshake.uri());
        String callId = query.value("call_id");
        Call call = callId == null ? null : calls.find(callId);
        if (callId != null && call == null) {
            throw new HandshakeException("no call with this id", 404, null, null, null);
        }
        return new ServerConnection(server, handshake, connections, call);
    }

    /** How many connections are open. */
    public int connections() {
        return connections.size();
    }

    /** Drops what is open. */
    public void abortAll() {
        connections.forEach(ServerConnection::abort);
    }
}
