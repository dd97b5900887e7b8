package io.github.realtime4j.netty;

import io.github.realtime4j.transport.Handshake.Header;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** An HTTP answer as it arrives: its head, and its body up to a limit. */
final class CollectedAnswer {
    private final HttpResponse head;
    private final int limit;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    CollectedAnswer(HttpResponse head, int limit) {
        this.head = head;
        this.limit = limit;
    }

    /** @return whether all of it fitted */
    boolean add(ByteBuf content) {
        int length = Math.min(content.readableBytes(), limit - body.size());
        byte[] bytes = new byte[length];
        content.readBytes(bytes);
        body.writeBytes(bytes);
        return !content.isReadable();
    }

    io.github.realtime4j.transport.HttpResponse soFar() {
        List<Header> headers = new ArrayList<>();
        head.headers().forEach(header -> headers.add(new Header(header.getKey(), header.getValue())));
        return new io.github.realtime4j.transport.HttpResponse(
                head.status().code(), head.status().reasonPhrase(), headers, ByteBuffer.wrap(body.toByteArray()));
    }
}
