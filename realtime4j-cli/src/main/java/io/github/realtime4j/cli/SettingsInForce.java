package io.github.realtime4j.cli;

import io.github.realtime4j.protocol.Session;
import io.github.realtime4j.protocol.Voice;

/** What a session was given, as far as the server tells. */
final class SettingsInForce {
    private SettingsInForce() {}

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
