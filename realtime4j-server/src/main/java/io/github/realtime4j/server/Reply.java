package io.github.realtime4j.server;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.protocol.ErrorDetail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Responder} answers: output items in order, and how the response ends.
 *
 * @param outputs nothing, or messages and calls; several calls are parallel calls
 * @param incomplete {@code max_output_tokens} or {@code content_filter} to end incomplete; null otherwise
 * @param failure to end failed after the outputs; null otherwise
 */
public record Reply(
        List<Output> outputs,
        @Nullable String incomplete,
        @Nullable ErrorDetail failure) {
    public Reply {
        outputs = List.copyOf(outputs);
    }

    /** One message: spoken when the response is audio, written otherwise. */
    public static Reply text(String text) {
        return of(new Output.Message(text, null));
    }

    /** One call of a function. */
    public static Reply functionCall(String name, String arguments) {
        return of(new Output.FunctionCall(name, arguments));
    }

    public static Reply of(Output... outputs) {
        return new Reply(List.of(outputs), null, null);
    }

    public static Reply failed(ErrorDetail failure) {
        return new Reply(List.of(), null, failure);
    }

    /** One output item. */
    public sealed interface Output {
        /**
         * Something said or written.
         *
         * @param phase {@code commentary} or {@code final_answer}, as reasoning models mark them; null for none
         */
        record Message(String text, @Nullable String phase) implements Output {}

        /**
         * A function that the client is to run.
         *
         * @param arguments JSON text
         */
        record FunctionCall(String name, String arguments) implements Output {}

        /**
         * A message with its sound given.
         *
         * @param audio 24 kHz PCM
         * @param transcript what it says; the text of the message when the response is written
         */
        record Speech(AudioBytes audio, String transcript) implements Output {}

        /** Nothing more, and no end: the response stays in progress until it is cancelled. */
        record Stall() implements Output {}

        /** A tool of an MCP server, which this server plays itself. */
        record McpCall(String serverLabel, String name, String arguments) implements Output {}
    }
}
