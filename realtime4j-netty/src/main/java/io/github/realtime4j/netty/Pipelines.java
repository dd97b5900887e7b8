package io.github.realtime4j.netty;

import io.github.realtime4j.transport.TransportOptions;
import io.github.realtime4j.transport.TransportOptions.ProxyCredentials;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketClientExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateClientExtensionHandshaker;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * What a channel's bytes pass, from the socket to the receiver.
 *
 * <pre>connecting: [proxy] [tls] http [extensions] exchange
 * connected:  [tls] ws-decoder ws-encoder [deflate] receiver</pre>
 */
final class Pipelines {
    static final String HTTP = "http";

    private Pipelines() {}

    static void client(Channel channel, Route route, Target target, TransportOptions options, Exchange exchange) {
        ChannelPipeline pipeline = channel.pipeline();
        if (route.kind() != Proxy.Type.DIRECT) {
            pipeline.addLast(proxy(route, options.proxyCredentials()));
        }
        if (target.secure()) {
            pipeline.addLast(tls(target, options.sslContext()));
        }
        pipeline.addLast(HTTP, new HttpClientCodec());
        exchange.addTo(pipeline);
    }

    static ChannelHandler deflateOffer(TransportOptions options) {
        return new WebSocketClientExtensionHandler(
                new PerMessageDeflateClientExtensionHandshaker(inflateLimit(options)));
    }

    private static ProxyHandler proxy(Route route, @Nullable ProxyCredentials credentials) {
        InetSocketAddress address = route.address();
        ProxyHandler handler;
        if (route.kind() == Proxy.Type.HTTP) {
            handler = new ConnectTunnel(address, credentials);
        } else if (credentials == null) {
            handler = new Socks5ProxyHandler(address);
        } else {
            handler = new Socks5ProxyHandler(address, credentials.user(), credentials.password());
        }
        handler.setConnectTimeoutMillis(0);
        return handler;
    }

    /** With the host's name sent (SNI) and checked against the certificate (RFC 2818). */
    private static SslHandler tls(Target target, @Nullable SSLContext given) {
        SSLContext context;
        try {
            context = given == null ? SSLContext.getDefault() : given;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no default SSLContext", e);
        }
        SSLEngine engine = context.createSSLEngine(target.host(), target.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!target.isLiteral()) {
            parameters.setServerNames(List.of(new SNIHostName(target.host())));
        }
        engine.setSSLParameters(parameters);
        SslHandler handler = new SslHandler(engine);
        handler.setHandshakeTimeoutMillis(0);
        handler.setCloseNotifyFlushTimeoutMillis(500);
        return handler;
    }

    /** Netty asks for room for twice the input it has left, so an exact limit would refuse messages within it. */
    static int inflateLimit(TransportOptions options) {
        return (int) Math.min(Integer.MAX_VALUE, 2L * options.maxMessageBytes() + 1024);
    }

    /** Deflate makes text that cannot be compressed a little longer. */
    private static int frameLimit(TransportOptions options) {
        int max = options.maxMessageBytes();
        return options.compression() ? (int) Math.min(Integer.MAX_VALUE, max + max / 1000L + 64) : max;
    }

    /** Right after {@code predecessor}; the receiver's handler must be there already. */
    static void addFrameCodecs(ChannelPipeline pipeline, String predecessor, TransportOptions options, boolean client) {
        pipeline.addAfter(predecessor, "ws-encoder", new WebSocket13FrameEncoder(client));
        pipeline.addAfter(
                predecessor,
                "ws-decoder",
                new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                        .expectMaskedFrames(!client)
                        .allowExtensions(options.compression())
                        .maxFramePayloadLength(frameLimit(options))
                        .closeOnProtocolViolation(false)
                        .withUTF8Validator(false)
                        .build()));
    }
}
