package io.github.realtime4j;

import io.github.realtime4j.RestRequests.Body;
import io.github.realtime4j.RestRequests.Post;
import io.github.realtime4j.codec.EventCodec;
import io.github.realtime4j.protocol.ClientSecret;
import io.github.realtime4j.protocol.Model;
import io.github.realtime4j.protocol.SessionConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Mints short-lived keys, with which a browser or a device opens sessions of its own. They cost nothing and need not be
 * given back, so a request whose answer is lost is sent again.
 *
 * <p>Futures fail with {@link RequestFailedException}. Safe for use by any thread.
 */
public final class ClientSecrets {
    private final RestRequests rest;

    ClientSecrets(RestRequests rest) {
        this.rest = rest;
    }

    /**
     * A key for such sessions.
     *
     * @param session what they start as; a conversation without a model gets the client's
     * @param lifetime 10 seconds to 2 hours, in which sessions may be started; they may last longer
     */
    public CompletableFuture<ClientSecret> create(SessionConfig session, Duration lifetime) {
        int seconds = Math.toIntExact(lifetime.toSeconds());
        return create(new ClientSecret.Request(ClientSecret.ExpiresAfter.seconds(seconds), session));
    }

    /** {@code POST /v1/realtime/client_secrets}. A conversation without a model gets the client's. */
    public CompletableFuture<ClientSecret> create(ClientSecret.Request request) {
        SessionConfig session = request.session();
        boolean conversation = session != null && SessionConfig.REALTIME.equals(session.type());
        return send("client_secrets", request, conversation ? rest.endpoint().namedModel() : null);
    }

    /** {@code POST /v1/realtime/translations/client_secrets}. A session without a model gets the client's. */
    public CompletableFuture<ClientSecret> createTranslation(ClientSecret.Request request) {
        Model model = rest.endpoint().translation().namedModel();
        return send("translations/client_secrets", request, model);
    }

    private CompletableFuture<ClientSecret> send(String resource, ClientSecret.Request request, @Nullable Model model) {
        SessionConfig session = request.session() == null ? null : RestRequests.withModel(request.session(), model);
        Body body = Body.json(EventCodec.write(new ClientSecret.Request(request.expiresAfter(), session)));
        return rest.send(
                new Post<>(resource, body, true, answer -> EventCodec.read(answer.body(), ClientSecret.class)));
    }
}
