package io.github.realtime4j.server.validation;

/**
 * What the shape of an event depends on beside the event.
 *
 * @param model the session's model; empty for a transcription session
 * @param webSocket false for WebRTC and telephone calls, which have one event more
 */
public record SessionFacts(SessionKind kind, String model, boolean webSocket) {}
