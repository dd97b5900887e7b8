package io.github.realtime4j.server.respond;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.Model;
import io.github.realtime4j.protocol.ResponseConfig;
import io.github.realtime4j.protocol.ToolChoice;
import io.github.realtime4j.server.Reply;
import io.github.realtime4j.server.Reply.Output;
import io.github.realtime4j.server.ResponseRequest;
import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.server.ScriptedTranscriber;
import io.github.realtime4j.server.Transcriber;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ScriptsTest {

    @Test
    void theScriptIsPlayedInOrderAndThenTheFallbackAnswers() {
        ScriptedResponses script = new ScriptedResponses(request -> Reply.text("fallback"));
        script.enqueue(ScriptedResponse.text("one"));
        script.enqueue(request -> Reply.text(request.instructions()));

        assertThat(script.remaining()).isEqualTo(2);
        assertThat(script.respond(request())).isEqualTo(Reply.text("one"));
        assertThat(script.respond(request())).isEqualTo(Reply.text("Be brief."));
        assertThat(script.respond(request())).isEqualTo(Reply.text("fallback"));
        assertThat(script.remaining()).isZero();
    }

    @Test
    void everyEndOfAResponseCanBeScripted() {
        assertThat(ScriptedResponse.silence(Duration.ofMillis(100)).outputs())
                .containsExactly(new Output.Speech(AudioBytes.wrap(new byte[4_800]), ""));
        assertThat(ScriptedResponse.never().outputs()).containsExactly(new Output.Stall());
        assertThat(ScriptedResponse.nothing().outputs()).isEmpty();
        assertThat(ScriptedResponse.incomplete("Once", "max_output_tokens").incomplete())
                .isEqualTo("max_output_tokens");
        ErrorDetail failure = ScriptedResponse.failed("boom").failure();
        assertThat(failure).isNotNull();
        assertThat(String.valueOf(failure.code())).isEqualTo("boom");
        assertThat(ScriptedResponse.functionCallAfter("Let me see.", "look", "{}")
                        .outputs())
                .containsExactly(
                        new Output.Message("Let me see.", "commentary"), new Output.FunctionCall("look", "{}"));
    }

    @Test
    void theDefaultTranscriberSaysHowMuchItHeard() {
        Transcriber transcriber = Transcriber.secondsHeard();

        assertThat(transcriber.transcribe(AudioBytes.wrap(new byte[115_200]), AudioFormat.PCM16_24KHZ))
                .isEqualTo("(2.4 seconds of speech)");
        assertThat(transcriber.transcribe(AudioBytes.wrap(new byte[8_000]), AudioFormat.PCMU))
                .isEqualTo("(1.0 seconds of speech)");
    }

    @Test
    void theScriptedTranscriberHearsItsLinesInOrder() {
        ScriptedTranscriber transcriber =
                new ScriptedTranscriber().enqueue("Hello.").enqueue("Stop.");

        assertThat(transcriber.transcribe(AudioBytes.EMPTY, AudioFormat.PCMU)).isEqualTo("Hello.");
        assertThat(transcriber.transcribe(AudioBytes.EMPTY, AudioFormat.PCMU)).isEqualTo("Stop.");
        assertThat(transcriber.transcribe(AudioBytes.EMPTY, AudioFormat.PCMU)).isEqualTo("(0.0 seconds of speech)");
    }

    private static ResponseRequest request() {
        return new ResponseRequest(
                "resp_1",
                Model.GPT_REALTIME,
                "Be brief.",
                List.of(),
                List.of(),
                ToolChoice.AUTO,
                false,
                false,
                ResponseConfig.builder().build(),
                Map.of());
    }
}
