package io.github.realtime4j.server.http;

import java.util.HashMap;
import java.util.Map;

/** Finds the handler of a request; answers 404 and 405 as the service does. */
public final class RestRoutes implements RestHandler {
    private final Map<String, Map<String, RestHandler>> routes = new HashMap<>();
    private final Map<String, RestHandler> subtrees = new HashMap<>();

    /**
     * @param path in OpenAI's form, exact
     */
    public RestRoutes on(String method, String path, RestHandler handler) {
        routes.computeIfAbsent(path, unknown -> new HashMap<>()).put(method, handler);
        return this;
    }

    /**
     * @param path of a resource, in OpenAI's form; the handler answers for everything below it too
     */
    public RestRoutes under(String path, RestHandler handler) {
        subtrees.put(path, handler);
        return this;
    }

    @Override
    public RestAnswer handle(RestRequest request) {
        Map<String, RestHandler> methods = routes.get(request.path());
        if (methods == null) {
            return subtree(request).handle(request);
        }
        RestHandler handler = methods.get(request.method());
        if (handler == null) {
            throw RestException.notAllowed(request.method(), request.path());
        }
        return handler.handle(request);
    }

    private RestHandler subtree(RestRequest request) {
        for (Map.Entry<String, RestHandler> subtree : subtrees.entrySet()) {
            if ((request.path() + "/").startsWith(subtree.getKey() + "/")) {
                return subtree.getValue();
            }
        }
        throw RestException.unknownUrl(request);
    }
}
