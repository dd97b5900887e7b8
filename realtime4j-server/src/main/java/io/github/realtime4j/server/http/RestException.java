package io.github.realtime4j.server.http;

import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import org.jspecify.annotations.Nullable;

/** A request that is answered with an error of the service. */
public final class RestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient ErrorDetail error;

    public RestException(int status, ErrorDetail error) {
        super(error.message());
        this.status = status;
        this.error = error;
    }

    /** An {@code invalid_request_error}. */
    public static RestException invalidRequest(
            int status, @Nullable ErrorCode code, String message, @Nullable String param) {
        return new RestException(status, new ErrorDetail("invalid_request_error", code, message, param, null));
    }

    static RestException unknownUrl(RestRequest request) {
        return invalidRequest(404, null, "Invalid URL (" + request.method() + " " + request.path() + ")", null);
    }

    static RestException notAllowed(String method, String path) {
        return invalidRequest(
                405, new ErrorCode("method_not_supported"), "Not allowed to " + method + " on " + path + ".", null);
    }

    public int status() {
        return status;
    }

    public RestAnswer answer() {
        return RestAnswer.error(status, error);
    }
}
