package io.github.realtime4j.netty;

import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.TransportOptions.ProxyCredentials;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.proxy.ProxyHandler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Asks an HTTP proxy for a tunnel (RFC 9110 section 9.3.6); its refusal keeps the status, which Netty's own handler drops. */
final class ConnectTunnel extends ProxyHandler {
    private final InetSocketAddress proxy;
    private final @Nullable ProxyCredentials credentials;
    private final HttpClientCodec codec = new HttpClientCodec();

    ConnectTunnel(InetSocketAddress proxy, @Nullable ProxyCredentials credentials) {
        super(proxy);
        this.proxy = proxy;
        this.credentials = credentials;
    }

    @Override
    public String protocol() {
        return "http";
    }

    @Override
    public String authScheme() {
        return credentials == null ? "none" : "basic";
    }

    @Override
    protected void addCodec(ChannelHandlerContext ctx) {
        ctx.pipeline().addBefore(ctx.name(), null, codec);
    }

    @Override
    protected void removeEncoder(ChannelHandlerContext ctx) {
        codec.removeOutboundHandler();
    }

    @Override
    protected void removeDecoder(ChannelHandlerContext ctx) {
        codec.removeInboundHandler();
    }

    @Override
    protected Object newInitialMessage(ChannelHandlerContext ctx) {
        InetSocketAddress destination = destinationAddress();
        String authority = HttpUtil.formatHostnameForHttp(destination) + ":" + destination.getPort();
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.CONNECT, authority, Unpooled.EMPTY_BUFFER);
        request.headers().set(HttpHeaderNames.HOST, authority);
        if (credentials != null) {
            byte[] pair = (credentials.user() + ":" + credentials.password()).getBytes(StandardCharsets.UTF_8);
            request.headers()
                    .set(
                            HttpHeaderNames.PROXY_AUTHORIZATION,
                            "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        return request;
    }

    @Override
    protected boolean handleResponse(ChannelHandlerContext ctx, Object response) {
        if (response instanceof HttpResponse answer) {
            String at = proxy.getHostString() + ":" + proxy.getPort();
            if (answer.decoderResult().isFailure()) {
                throw new HandshakeException("the proxy " + at + " did not answer in HTTP", 0, null, null, null);
            }
            if (answer.status().codeClass() != HttpStatusClass.SUCCESS) {
                throw new HandshakeException(
                        "the proxy " + at + " refused a tunnel: " + answer.status() + hint(answer.status()),
                        answer.status().code(),
                        null,
                        null,
                        null);
            }
        }
        return response instanceof LastHttpContent;
    }

    private String hint(HttpResponseStatus status) {
        if (status.code() != HttpResponseStatus.PROXY_AUTHENTICATION_REQUIRED.code()) {
            return "";
        }
        return credentials == null
                ? "; it wants user and password: set the proxy credentials"
                : "; it does not accept the user and password given as Basic authentication";
    }
}
