package io.github.realtime4j.server;

import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.server.http.FrontOptions;
import io.github.realtime4j.server.http.ServerTls;
import io.github.realtime4j.server.speech.FreeTtsSynthesizer;
import io.github.realtime4j.server.speech.SpeechSynthesizer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a builder has gathered. */
final class RealtimeServerOptions {
    Set<String> keys = Set.of();
    Dialect dialect = Dialect.GA;
    boolean anyModel;
    Responder responder = new RuleBasedResponder();
    Transcriber transcriber = Transcriber.secondsHeard();
    SpeechSynthesizer synthesizer = FreeTtsSynthesizer.shared();
    McpCatalogue mcp = McpCatalogue.EMPTY;
    Pacing pacing = Pacing.SERVICE;
    ServerTime time = ServerTime.system();
    Duration sessionLimit = Duration.ofMinutes(60);
    List<Fault> faults = List.of();
    String webhookSecret = RealtimeServer.WEBHOOK_SECRET;
    long maxRecordedBytes = 32L << 20;
    int maxRecordedSessions = 1_000;
    boolean sameThread;
    boolean inMemory;
    String host = FrontOptions.DEFAULT.host();
    int port;

    @Nullable
    ServerTls tls;

    FrontOptions front() {
        return FrontOptions.DEFAULT.listeningOn(host, port).securedBy(tls);
    }

    RealtimeServerOptions copy() {
        RealtimeServerOptions copy = new RealtimeServerOptions();
        copy.keys = keys;
        copy.dialect = dialect;
        copy.anyModel = anyModel;
        copy.responder = responder;
        copy.transcriber = transcriber;
        copy.synthesizer = synthesizer;
        copy.mcp = mcp;
        copy.pacing = pacing;
        copy.time = time;
        copy.sessionLimit = sessionLimit;
        copy.faults = faults;
        copy.webhookSecret = webhookSecret;
        copy.maxRecordedBytes = maxRecordedBytes;
        copy.maxRecordedSessions = maxRecordedSessions;
        copy.sameThread = sameThread;
        copy.inMemory = inMemory;
        copy.host = host;
        copy.port = port;
        copy.tls = tls;
        return copy;
    }
}
