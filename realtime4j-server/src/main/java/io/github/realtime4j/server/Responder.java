package io.github.realtime4j.server;

/**
 * Decides what the model says. Called once for every response, on a worker thread of the server: it may block, and many
 * sessions call it at once.
 */
@FunctionalInterface
public interface Responder {
    /**
     * Answers one {@code response.create}, or one turn that voice activity detection ended.
     *
     * <p>An exception becomes a failed response with a {@code server_error}.
     */
    Reply respond(ResponseRequest request);
}
