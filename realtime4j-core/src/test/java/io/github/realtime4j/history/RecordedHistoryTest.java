package io.github.realtime4j.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.Recorded;
import io.github.realtime4j.protocol.Item;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordedHistoryTest {
    private static ConversationLog log(String recording) throws IOException {
        ConversationLog log = new ConversationLog();
        Recorded.serverEvents(recording).forEach(log::apply);
        return log;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openai_ws__text_in_audio_out_turn            | Say a short greeting.      | Hi there!",
                "azure_ws__text_in_audio_out_turn             | Say a short greeting.      | Hello there! Great to meet you!",
                "azure_voice_live_ws__text_in_audio_out_turn  | Say a short greeting.      | Hola, ¿qué tal?",
                "xai_ws__text_in_audio_out_turn               | Say a short greeting.      | Hello there!",
                "openai_ws_sideband__webrtc_sideband_text_turn| Say hello.                 | Hello there!",
                "openai_ws__audio_in_server_vad_turn          | Hello, my name is Marcelo. "
                        + "| Hello, Marcelo! Great to meet you. How can I help you today?"
            })
    void aTurnIsAQuestionAndAnAnswer(String recording, String user, String assistant) throws IOException {
        List<HistoryItem> history = log(recording).snapshot();

        assertThat(history).extracting(HistoryItem::text).containsExactly(user, assistant);
        assertThat(history).extracting(HistoryItem::role).containsExactly(Item.Role.USER, Item.Role.ASSISTANT);
        assertThat(history).allMatch(HistoryItem::done);
        assertThat(history)
                .extracting(entry -> ((Item.Message) entry.item()).status())
                .containsOnly(Item.Status.COMPLETED);
        assertThat(log(recording).replayable()).extracting(Item::text).containsExactly(user, assistant);
    }

    @Test
    void spokenWordsAreTranscribed() throws IOException {
        List<HistoryItem> history = log("openai_ws__audio_in_server_vad_turn").snapshot();

        assertThat(history.get(0).transcription()).isEqualTo(new HistoryItem.Transcription.Completed());
        assertThat(history.get(1).transcription()).isNull();
    }

    @Test
    void aToolRoundIsFourItems() throws IOException {
        List<HistoryItem> history = log("openai_ws__tool_call_round").snapshot();

        assertThat(history).allMatch(HistoryItem::done);
        assertThat(history.get(0).text()).isEqualTo("What is the weather in London?");
        assertThat(history.get(1).item())
                .isInstanceOfSatisfying(
                        Item.FunctionCall.class,
                        call -> assertThat(call.arguments()).isEqualTo("{  \n  \"city\": \"London\" \n} \n"));
        assertThat(history.get(2).item())
                .isInstanceOfSatisfying(
                        Item.FunctionCallOutput.class,
                        output -> assertThat(output.output()).isEqualTo("It is foggy and 12 degrees in London."));
        assertThat(history.get(3).text()).isEqualTo("It is foggy and 12 degrees in London.");
        assertThat(history).hasSize(4);
    }
}
