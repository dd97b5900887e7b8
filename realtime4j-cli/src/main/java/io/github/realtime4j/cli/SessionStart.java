package io.github.realtime4j.cli;

import io.github.realtime4j.RealtimeConnection;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.ErrorEvent;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.Session;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.SessionEvent;
import io.github.realtime4j.protocol.Voice;
import java.time.Duration;
import java.util.Optional;

/** Configures a session and waits until the server has taken the configuration, or refused it. */
final class SessionStart {
    private SessionStart() {}

    /** What is then in force. */
    static Session configure(RealtimeConnection connection, SessionConfig config, Duration timeout)
            throws InterruptedException {
        connection.send(new ClientEvent.SessionUpdate(config));
        long deadline = System.nanoTime() + timeout.toNanos();
        for (long left = timeout.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            Optional<ServerEvent> event = connection.receive(Duration.ofNanos(left));
            if (event.isPresent() && event.get() instanceof SessionEvent.Updated updated) {
                return updated.session();
            } else if (event.isPresent() && event.get() instanceof ErrorEvent error) {
                throw CommandFailure.failed("the server refuses the session: " + AskCommand.explain(error.error()));
            }
        }
        throw CommandFailure.failed("the server did not acknowledge session.update within " + timeout.toSeconds()
                + " s; --timeout makes this command wait longer");
    }

    static AudioFormat inputFormat(Session session, AudioFormat otherwise) {
        return session.audio() == null
                        || session.audio().input() == null
                        || session.audio().input().format() == null
                ? otherwise
                : session.audio().input().format();
    }

    static AudioFormat outputFormat(Session session, AudioFormat otherwise) {
        return session.audio() == null
                        || session.audio().output() == null
                        || session.audio().output().format() == null
                ? otherwise
                : session.audio().output().format();
    }

    static String voice(Session session) {
        return session.audio() != null
                        && session.audio().output() != null
                        && session.audio().output().voice() instanceof Voice.Named named
                ? named.value()
                : "";
    }

    static String model(Session session) {
        return session.model() == null ? "" : session.model().value();
    }
}
