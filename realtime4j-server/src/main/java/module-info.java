/** An embedded OpenAI Realtime server. */
module io.github.realtime4j.server {
    requires transitive io.github.realtime4j.core;
    requires transitive org.jspecify;
    requires freetts;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.compression;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    // FreeTTS names types of both, and has no module descriptor that could say so.
    requires java.desktop;
    requires java.logging;
    requires org.slf4j;

    exports io.github.realtime4j.server;
    exports io.github.realtime4j.server.speech;
}
