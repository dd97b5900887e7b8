package io.github.realtime4j.netty;

import io.github.realtime4j.transport.Handshake;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The opening handshake of one connection, RFC 6455 section 4.1. */
final class UpgradeRequest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ACCEPT_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final Set<String> OURS = Set.of(
            "host",
            "upgrade",
            "connection",
            "sec-websocket-key",
            "sec-websocket-version",
            "sec-websocket-protocol",
            "sec-websocket-extensions");

    private final Handshake handshake;
    private final Target target;
    private final String key;

    private UpgradeRequest(Handshake handshake, Target target, String key) {
        this.handshake = handshake;
        this.target = target;
        this.key = key;
    }

    /** @throws IllegalArgumentException if the address or a header cannot be sent; the message holds no header value */
    static UpgradeRequest of(Handshake handshake) {
        HttpSyntax.requireSendable(handshake.headers(), OURS);
        for (String subprotocol : handshake.subprotocols()) {
            if (!HttpSyntax.isToken(subprotocol)) {
                throw new IllegalArgumentException("a subprotocol has a character that HTTP does not allow there");
            }
        }
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        return new UpgradeRequest(
                handshake, Target.of(handshake.uri(), "ws"), Base64.getEncoder().encodeToString(nonce));
    }

    Handshake handshake() {
        return handshake;
    }

    Target target() {
        return target;
    }

    FullHttpRequest toHttp() {
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target.path(), Unpooled.EMPTY_BUFFER);
        HttpHeaders headers = request.headers();
        headers.set(HttpHeaderNames.HOST, target.hostHeader());
        headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        headers.set(HttpHeaderNames.SEC_WEBSOCKET_KEY, key);
        headers.set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
        if (!handshake.subprotocols().isEmpty()) {
            headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, String.join(", ", handshake.subprotocols()));
        }
        handshake.headers().forEach(header -> headers.add(header.name(), header.value()));
        return request;
    }

    /** What is wrong with a 101, or null. */
    @Nullable
    String objection(HttpResponse answer, boolean compressionOffered) {
        HttpHeaders headers = answer.headers();
        if (!headers.contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                || !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
            return "the 101 answer does not upgrade to websocket";
        }
        String accept = headers.get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT);
        if (accept == null || !accept.trim().equals(accept())) {
            return "the 101 answer has a wrong Sec-WebSocket-Accept; is a cache or a proxy in between?";
        }
        String chosen = headers.get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
        if (chosen != null && !handshake.subprotocols().contains(chosen.trim())) {
            return "the 101 answer chooses a subprotocol that was not offered";
        }
        if (!compressionOffered && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)) {
            return "the 101 answer switches on an extension that was not offered";
        }
        return null;
    }

    private String accept() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + ACCEPT_GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
