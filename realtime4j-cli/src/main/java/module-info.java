/** The {@code realtime} command. */
module io.github.realtime4j.cli {
    requires io.github.realtime4j.core;
    requires io.github.realtime4j.netty;
    requires io.github.realtime4j.server;
    requires io.github.realtime4j.voice;
    requires info.picocli;
    requires org.jline.terminal;
    requires org.jspecify;

    opens io.github.realtime4j.cli to
            info.picocli;
    opens io.github.realtime4j.cli.demo to
            io.github.realtime4j.core;
}
