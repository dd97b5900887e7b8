package io.github.realtime4j.server.http;

import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Handshake.Header;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The opening handshake of RFC 6455 section 4.2, as far as it needs no channel. */
final class WebSocketUpgrade {
    private static final String SUBPROTOCOL = "realtime";
    private static final int KEY_BYTES = 16;

    private WebSocketUpgrade() {}

    static boolean isAskedFor(HttpHeaders headers) {
        return headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    /** What is wrong with a request to upgrade; null if nothing is. */
    static @Nullable RestAnswer refusal(FullHttpRequest request) {
        HttpHeaders headers = request.headers();
        if (!request.method().equals(HttpMethod.GET)) {
            return HttpAnswers.refusal(405, "Expected GET to open a WebSocket, but got " + request.method() + ".");
        }
        if (!isAskedFor(headers)
                || !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
            return upgradeRequired("This URL speaks WebSocket: send 'Connection: Upgrade' and 'Upgrade: websocket'.");
        }
        String version = headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION);
        if (!"13".equals(version)) {
            return upgradeRequired("Expected 'Sec-WebSocket-Version: 13' (RFC 6455), but got "
                    + (version == null ? "none" : "another one") + ".");
        }
        if (!isKey(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY))) {
            return HttpAnswers.refusal(400, "Expected 'Sec-WebSocket-Key' with 16 bytes in base64.");
        }
        return null;
    }

    private static RestAnswer upgradeRequired(String message) {
        RestAnswer answer = HttpAnswers.refusal(426, message);
        List<Header> headers = new ArrayList<>(answer.headers());
        headers.add(new Header("upgrade", "websocket"));
        headers.add(new Header("sec-websocket-version", "13"));
        return new RestAnswer(426, headers, answer.body());
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /**
     * @param secure whether the connection is encrypted
     * @param fallbackHost for a request whose {@code Host} is missing or malformed
     */
    static Handshake handshake(FullHttpRequest request, boolean secure, String fallbackHost, Duration timeout)
            throws URISyntaxException {
        URI target = new URI(request.uri());
        List<Header> headers = new ArrayList<>();
        for (Map.Entry<String, String> header : request.headers()) {
            headers.add(new Header(header.getKey(), header.getValue()));
        }
        String rest = target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
        String scheme = secure ? "wss://" : "ws://";
        return new Handshake(
                absolute(scheme, request.headers().get(HttpHeaderNames.HOST), fallbackHost, rest),
                headers,
                subprotocols(request.headers()),
                timeout);
    }

    private static URI absolute(String scheme, @Nullable String host, String fallbackHost, String rest)
            throws URISyntaxException {
        if (host != null) {
            try {
                URI uri = new URI(scheme + host + rest).parseServerAuthority();
                if (uri.getUserInfo() == null) {
                    return uri;
                }
            } catch (URISyntaxException malformedHost) {
                return new URI(scheme + fallbackHost + rest);
            }
        }
        return new URI(scheme + fallbackHost + rest);
    }

    private static List<String> subprotocols(HttpHeaders headers) {
        List<String> offered = new ArrayList<>();
        for (String line : headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)) {
            for (String name : line.split(",")) {
                if (!name.isBlank()) {
                    offered.add(name.strip());
                }
            }
        }
        return offered;
    }

    /**
     * @param compressed whether an extension may use the reserved bits of frames
     */
    static WebSocketServerHandshaker handshaker(Handshake handshake, boolean compressed, int maxFrameBytes) {
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(maxFrameBytes)
                .allowExtensions(compressed)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build();
        return new WebSocketServerHandshaker13(handshake.uri().toString(), null, config);
    }

    /**
     * Only {@code realtime} is ever chosen. The others that clients offer carry credentials, which an answer must not
     * repeat.
     */
    static HttpHeaders answerHeaders(Handshake handshake) {
        HttpHeaders headers = new DefaultHttpHeaders();
        if (handshake.subprotocols().contains(SUBPROTOCOL)) {
            headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, SUBPROTOCOL);
        }
        headers.set("x-openai-proxy-wasm", "v0.1");
        headers.set("x-content-type-options", "nosniff");
        return headers;
    }
}
