/** An embedded OpenAI Realtime server. */
module io.github.realtime4j.server {
    requires transitive io.github.realtime4j.core;

    exports io.github.realtime4j.server;
}
