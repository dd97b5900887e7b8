/** What most users depend on: the core and its default transport. */
module io.github.realtime4j {
    requires transitive io.github.realtime4j.core;
    requires transitive io.github.realtime4j.netty;
}
