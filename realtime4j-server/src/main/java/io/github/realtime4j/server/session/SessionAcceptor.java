package io.github.realtime4j.server.session;

import io.github.realtime4j.server.validation.ServiceErrors;
import io.github.realtime4j.transport.Acceptor;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.Receiver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes a session of every connection. */
public final class SessionAcceptor implements Acceptor {
    private final ServerParts server;
    private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();

    public SessionAcceptor(ServerParts server) {
        this.server = server;
    }

    @Override
    public Receiver accept(Handshake handshake) {
        Query query = Query.of(handshake.uri());
        String callId = query.value("call_id");
        if (callId != null) {
            String body =
                    ServiceErrors.httpBody(ServiceErrors.callIdNotFound(callId)).toString();
            throw new HandshakeException("no call with this id", 404, null, body, null);
        }
        return new ServerConnection(server, handshake, connections);
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
