/** The default transport of realtime4j. */
module io.github.realtime4j.netty {
    requires transitive io.github.realtime4j.core;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.compression;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.handler.proxy;
    requires io.netty.resolver;
    requires io.netty.transport;
    requires org.slf4j;

    exports io.github.realtime4j.netty;

    provides io.github.realtime4j.transport.TransportProvider with
            io.github.realtime4j.netty.NettyTransportProvider;
}
