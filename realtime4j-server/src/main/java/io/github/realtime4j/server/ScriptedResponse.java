package io.github.realtime4j.server;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.server.Reply.Output;
import java.time.Duration;
import java.util.List;

/** Ready-made replies for a script: what the model shall do at its next response. */
public final class ScriptedResponse {
    private ScriptedResponse() {}

    /** A message: spoken by the server's voice when the response is audio, written otherwise. */
    public static Reply text(String text) {
        return Reply.text(text);
    }

    /**
     * A message that sounds like this.
     *
     * @param audio 24 kHz PCM; converted to the session's format
     * @param transcript what it says
     */
    public static Reply speech(AudioBytes audio, String transcript) {
        return Reply.of(new Output.Speech(audio, transcript));
    }

    /** A spoken message without a sound in it. */
    public static Reply silence(Duration length) {
        byte[] zeros = new byte[(int) AudioFormat.PCM16_24KHZ.bytesIn(length)];
        return speech(AudioBytes.wrap(zeros), "");
    }

    /** A completed response without any output. */
    public static Reply nothing() {
        return Reply.of();
    }

    /** @param arguments JSON text, passed on as it is, even if it is no JSON */
    public static Reply functionCall(String name, String arguments) {
        return Reply.functionCall(name, arguments);
    }

    /** Several calls in one response. */
    public static Reply functionCalls(Output.FunctionCall... calls) {
        return Reply.of(calls);
    }

    /** First says something (phase {@code commentary}), then calls, as the reasoning models do. */
    public static Reply functionCallAfter(String commentary, String name, String arguments) {
        return Reply.of(new Output.Message(commentary, "commentary"), new Output.FunctionCall(name, arguments));
    }

    /** Ends failed, with {@code server_error} and this code. */
    public static Reply failed(String code) {
        return Reply.failed(new ErrorDetail("server_error", new ErrorCode(code), "The response failed.", null, null));
    }

    public static Reply failed(ErrorDetail failure) {
        return Reply.failed(failure);
    }

    /**
     * Says this much and ends incomplete.
     *
     * @param reason {@code max_output_tokens} or {@code content_filter}
     */
    public static Reply incomplete(String text, String reason) {
        return new Reply(List.of(new Output.Message(text, null)), reason, null);
    }

    /** Stays in progress without any output until it is cancelled. */
    public static Reply never() {
        return Reply.of(new Output.Stall());
    }

    /** Says this and then stays in progress until it is cancelled. */
    public static Reply neverAfter(String text) {
        return Reply.of(new Output.Message(text, null), new Output.Stall());
    }
}
