package io.github.realtime4j.server.session;

import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.server.McpCatalogue;
import io.github.realtime4j.server.Pacing;
import io.github.realtime4j.server.RecordedSession;
import io.github.realtime4j.server.Reply;
import io.github.realtime4j.server.Responder;
import io.github.realtime4j.server.ServerTime;
import io.github.realtime4j.server.Transcriber;
import io.github.realtime4j.server.speech.SpeechSynthesizer;
import io.github.realtime4j.server.usage.RateLimits;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What all sessions of one server share.
 *
 * @param script replies that go before the responder's
 * @param loops runs the sessions' loops; its threads are never blocked
 * @param workers runs what may block: responder, synthesizer, transcriber, MCP tools
 * @param onRecording told of each connection when it opens
 * @param maxRecordedBytes per connection; 0 to record nothing
 */
public record ServerParts(
        Admission admission,
        Dialect dialect,
        Responder responder,
        Queue<Reply> script,
        Transcriber transcriber,
        SpeechSynthesizer synthesizer,
        McpCatalogue mcp,
        Pacing pacing,
        RateLimits rateLimits,
        ServerTime time,
        Duration sessionLimit,
        Executor loops,
        Executor workers,
        Consumer<RecordedSession> onRecording,
        long maxRecordedBytes) {}
