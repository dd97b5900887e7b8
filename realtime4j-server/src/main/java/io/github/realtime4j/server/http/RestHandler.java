package io.github.realtime4j.server.http;

/** Answers plain HTTP requests, on a worker thread: it may block. */
@FunctionalInterface
public interface RestHandler {
    /**
     * @throws RestException to answer with an error of the service; any other exception becomes a 500
     */
    RestAnswer handle(RestRequest request);
}
