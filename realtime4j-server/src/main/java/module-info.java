/** An embedded OpenAI Realtime server. */
module io.github.realtime4j.server {
    requires transitive io.github.realtime4j.core;
    requires transitive org.jspecify;
    requires freetts;
    // FreeTTS names types of both, and has no module descriptor that could say so.
    requires java.desktop;
    requires java.logging;

    exports io.github.realtime4j.server;
    exports io.github.realtime4j.server.speech;
}
