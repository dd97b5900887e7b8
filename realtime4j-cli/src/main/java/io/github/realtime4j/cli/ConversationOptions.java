package io.github.realtime4j.cli;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.protocol.Model;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.Voice;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** With whom to talk, besides where: the options of every command that has a conversation. */
final class ConversationOptions extends ConnectionOptions {
    @Option(names = "--model", paramLabel = "NAME", description = "gpt-realtime-2.1 unless given.")
    private @Nullable String model;

    @Option(names = "--voice", paramLabel = "NAME", description = "Who speaks: marin, cedar, alloy, ...")
    private @Nullable String voice;

    @Option(names = "--instructions", paramLabel = "TEXT", description = "Who the model is and how it answers.")
    private @Nullable String instructions;

    @Override
    Endpoint adjusted(Endpoint endpoint) {
        return super.adjusted(model == null ? endpoint : endpoint.model(new Model(model)));
    }

    /** A session with these instructions; without the voice, which not every session has. */
    SessionConfig.Builder session() {
        SessionConfig.Builder session = SessionConfig.builder();
        if (instructions != null) {
            session.instructions(instructions);
        }
        return session;
    }

    /** As {@link #session()}, with the voice. */
    SessionConfig.Builder spokenSession() {
        SessionConfig.Builder session = session();
        if (voice != null) {
            session.voice(Voice.of(voice.toLowerCase(Locale.ROOT)));
        }
        return session;
    }
}
