/** Protocol, codec, session and transport seam of realtime4j. */
module io.github.realtime4j.core {
    requires transitive org.jspecify;
    requires tools.jackson.core;
    requires org.slf4j;

    exports io.github.realtime4j;
    exports io.github.realtime4j.audio;
    exports io.github.realtime4j.history;
    exports io.github.realtime4j.json;
    exports io.github.realtime4j.protocol;
    exports io.github.realtime4j.tool;
    exports io.github.realtime4j.transport;
    exports io.github.realtime4j.usage;
    exports io.github.realtime4j.codec to
            io.github.realtime4j.server,
            io.github.realtime4j.cli;

    uses io.github.realtime4j.transport.TransportProvider;
}
