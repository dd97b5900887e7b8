package io.github.realtime4j.server.session;

import static io.github.realtime4j.server.session.TestClient.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.Reply;
import io.github.realtime4j.server.Reply.Output;
import io.github.realtime4j.server.ScriptedResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The order of events in one response. */
final class LadderTest {
    private static final List<String> TEXT_LADDER = List.of(
            "response.created",
            "response.output_item.added",
            "conversation.item.added",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "conversation.item.done",
            "response.output_item.done",
            "response.done",
            "rate_limits.updated");

    private final RealtimeServer server = TestClient.server().start();

    @AfterEach
    void close() {
        server.close();
    }

    private TestClient textSession() {
        TestClient client = TestClient.connect(server);
        client.say("{'type':'session.update','session':{'type':'realtime','output_modalities':['text']}}");
        assertThat(client.types()).containsExactly("session.created", "session.updated");
        return client;
    }

    @Test
    void textAnswersText() {
        server.enqueue(ScriptedResponse.text("It is foggy and 12 degrees in London."));
        TestClient client = textSession();
        client.userText("How is the weather?");
        assertThat(client.types()).containsExactly("conversation.item.added", "conversation.item.done");
        client.say("{'type':'response.create'}");
        assertThat(client.types()).isEqualTo(TEXT_LADDER);
        assertThat(at(client.last("response.output_text.done"), "text"))
                .isEqualTo("It is foggy and 12 degrees in London.");
        assertThat(at(client.last("response.done"), "response", "output", 0, "content", 0))
                .isEqualTo("{\"type\":\"output_text\",\"text\":\"It is foggy and 12 degrees in London.\"}");
    }

    @Test
    void deltasAddUpToTheTextAndAreObfuscatedToSixteenCharacters() {
        server.enqueue(ScriptedResponse.text("Internationalisation, überall: 12345 🙂🙂!"));
        TestClient client = textSession();
        client.say("{'type':'response.create'}");
        StringBuilder text = new StringBuilder();
        for (JsonObject event : client.news()) {
            if (at(event, "type").equals("response.output_text.delta")) {
                text.append(at(event, "delta"));
                assertThat(at(event, "delta").length()
                                + at(event, "obfuscation").length())
                        .isEqualTo(16);
                assertThat(List.copyOf(event.members().keySet()))
                        .containsExactly(
                                "type",
                                "event_id",
                                "response_id",
                                "item_id",
                                "output_index",
                                "content_index",
                                "delta",
                                "obfuscation");
            }
        }
        assertThat(text).hasToString("Internationalisation, überall: 12345 🙂🙂!");
    }

    @Test
    void speechIsTranscriptThenSoundInQuartersOfASecond() {
        server.enqueue(ScriptedResponse.text("Hi there, it is nice to see you again!"));
        TestClient client = TestClient.connect(server);
        client.userText("Hello");
        client.say("{'type':'response.create'}");
        List<String> types = new ArrayList<>();
        int audio = 0;
        List<Integer> sizes = new ArrayList<>();
        for (JsonObject event : client.news()) {
            types.add(at(event, "type"));
            if (at(event, "type").equals("response.output_audio.delta")) {
                int size = AudioBytes.fromBase64(at(event, "delta")).size();
                sizes.add(size);
                audio += size;
                assertThat(event.has("obfuscation")).isFalse();
            }
        }
        assertThat(sizes.subList(0, sizes.size() - 1)).containsOnly(12_000);
        assertThat(sizes.get(sizes.size() - 1)).isBetween(1, 12_000);
        assertThat(types.indexOf("response.output_audio_transcript.delta"))
                .isLessThan(types.indexOf("response.output_audio.delta"));
        assertThat(types.subList(types.size() - 7, types.size()))
                .containsExactly(
                        "response.output_audio.done",
                        "response.output_audio_transcript.done",
                        "response.content_part.done",
                        "conversation.item.done",
                        "response.output_item.done",
                        "response.done",
                        "rate_limits.updated");
        JsonObject done = client.last("response.done");
        int tokens = Integer.parseInt(at(done, "response", "usage", "output_token_details", "audio_tokens"));
        assertThat(tokens).isEqualTo(audio / 48 / 50);
    }

    @Test
    void itemsAreLinkedAndTheRecordedQuirkIsKept() {
        server.enqueue(ScriptedResponse.text("One."), ScriptedResponse.text("Two."));
        TestClient client = textSession();
        client.userText("Hello");
        String user = at(client.last("conversation.item.done"), "item", "id");
        client.say("{'type':'response.create'}");
        assertThat(at(client.last("conversation.item.added"), "previous_item_id"))
                .isEqualTo(user);
        assertThat(at(client.last("conversation.item.done"), "previous_item_id"))
                .isEqualTo("null");
        String first = at(client.last("conversation.item.done"), "item", "id");
        client.say("{'type':'response.create'}");
        assertThat(at(client.last("conversation.item.added"), "previous_item_id"))
                .isEqualTo(first);
        assertThat(at(client.last("conversation.item.done"), "previous_item_id"))
                .isEqualTo(first);
    }

    @Test
    void aFunctionIsCalledAndItsOutputTaken() {
        server.enqueue(ScriptedResponse.functionCall("get_weather", "{\"city\":\"London\"}"));
        TestClient client = textSession();
        client.userText("How is the weather?");
        client.types();
        client.say("{'type':'response.create'}");
        assertThat(client.types())
                .containsExactly(
                        "response.created",
                        "response.output_item.added",
                        "conversation.item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "conversation.item.done",
                        "response.output_item.done",
                        "response.done",
                        "rate_limits.updated");
        assertThat(List.copyOf(client.first("response.function_call_arguments.delta")
                        .members()
                        .keySet()))
                .containsExactly(
                        "type",
                        "event_id",
                        "response_id",
                        "item_id",
                        "output_index",
                        "call_id",
                        "delta",
                        "obfuscation");
        String callId = at(client.last("response.function_call_arguments.done"), "call_id");
        assertThat(callId).matches("call_[0-9A-Za-z]{16}");
        client.say("{'type':'conversation.item.create','item':{'type':'function_call_output','call_id':'" + callId
                + "','output':'rain'}}");
        assertThat(client.last("conversation.item.done").object("item").has("status"))
                .isFalse();
        client.say("{'type':'conversation.item.create','event_id':'mine','item':{'type':'function_call_output',"
                + "'call_id':'call_nope','output':'rain'}}");
        assertThat(client.error().get(1)).isEqualTo("Tool call ID 'call_nope' not found in conversation.");
        assertThat(at(client.last("error"), "error", "event_id")).isEqualTo("mine");
    }

    @Test
    void commentaryStaysOpenUntilTheArgumentsAreSaid() {
        server.enqueue(Reply.of(new Output.Message("One moment.", "commentary"), new Output.FunctionCall("f", "{}")));
        TestClient client = textSession();
        client.say("{'type':'response.create'}");
        assertThat(client.types())
                .containsExactly(
                        "response.created",
                        "response.output_item.added",
                        "conversation.item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_item.added",
                        "conversation.item.added",
                        "response.function_call_arguments.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "conversation.item.done",
                        "response.output_item.done",
                        "response.function_call_arguments.done",
                        "conversation.item.done",
                        "response.output_item.done",
                        "response.done",
                        "rate_limits.updated");
        assertThat(at(client.last("response.done"), "response", "output", 0, "phase"))
                .isEqualTo("commentary");
    }

    @Test
    void parallelCallsAreItemsOfOneResponse() {
        server.enqueue(Reply.of(new Output.FunctionCall("a", "{}"), new Output.FunctionCall("b", "{}")));
        TestClient client = textSession();
        client.say("{'type':'response.create'}");
        JsonObject done = client.last("response.done");
        assertThat(at(done, "response", "output", 0, "name")).isEqualTo("a");
        assertThat(at(done, "response", "output", 1, "name")).isEqualTo("b");
        assertThat(at(client.last("response.function_call_arguments.done"), "output_index"))
                .isEqualTo("1");
    }

    @Test
    void outOfBandResponsesLeaveNoItemAndRunBesideTheOther() {
        server.enqueue(ScriptedResponse.never(), ScriptedResponse.text("42"));
        TestClient client = textSession();
        client.say("{'type':'response.create'}");
        client.types();
        client.say("{'type':'response.create','response':{'conversation':'none','metadata':{'k':'v'},'input':[]}}");
        assertThat(client.types())
                .containsExactly(
                        "response.created",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.done",
                        "rate_limits.updated");
        assertThat(at(client.last("response.done"), "response", "conversation_id"))
                .isEqualTo("null");
        assertThat(at(client.last("response.done"), "response", "metadata")).isEqualTo("{\"k\":\"v\"}");
    }

    @Test
    void aSecondResponseOnTheConversationIsRefused() {
        server.enqueue(ScriptedResponse.never());
        TestClient client = textSession();
        client.say("{'type':'response.create'}");
        String id = at(client.last("response.created"), "response", "id");
        client.say("{'type':'response.create','event_id':'second'}");
        assertThat(client.error())
                .containsExactly(
                        "conversation_already_has_active_response",
                        "Conversation already has an active response in progress: " + id
                                + ". Wait until the response is finished before creating a new one.",
                        "null");
        assertThat(at(client.last("error"), "error", "event_id")).isEqualTo("second");
    }

    @Test
    void cancelClosesWhatIsOpenAsIncomplete() {
        server.enqueue(ScriptedResponse.neverAfter("Half an answer"));
        TestClient client = textSession();
        client.say("{'type':'response.create'}");
        client.types();
        client.say("{'type':'response.cancel'}");
        assertThat(client.types()).containsExactly("response.done", "rate_limits.updated");
        assertThat(at(client.last("response.done"), "response", "status_details"))
                .isEqualTo("{\"type\":\"cancelled\",\"reason\":\"client_cancelled\"}");
        client.say("{'type':'response.cancel'}");
        assertThat(client.error().get(0)).isEqualTo("response_cancel_not_active");
    }

    @Test
    void cancelBeforeAnyOutputIsOnlyDone() {
        server.enqueue(ScriptedResponse.never());
        TestClient client = textSession();
        client.say("{'type':'response.create'}");
        client.types();
        client.say("{'type':'response.cancel'}");
        assertThat(client.types()).containsExactly("response.done");
        assertThat(at(client.last("response.done"), "response", "output")).isEqualTo("[]");
        assertThat(at(client.last("response.done"), "response", "usage", "total_tokens"))
                .isEqualTo("0");
    }

    @Test
    void maxOutputTokensCutTheResponseShort() {
        server.enqueue(ScriptedResponse.text("one two three four five six seven eight"));
        TestClient client = textSession();
        client.say("{'type':'response.create','response':{'max_output_tokens':3}}");
        JsonObject done = client.last("response.done");
        assertThat(at(done, "response", "status")).isEqualTo("incomplete");
        assertThat(at(done, "response", "status_details"))
                .isEqualTo("{\"type\":\"incomplete\",\"reason\":\"max_output_tokens\"}");
        assertThat(at(done, "response", "output", 0, "status")).isEqualTo("incomplete");
        assertThat(at(done, "response", "output", 0, "content", 0, "text")).isEqualTo("one two three");
    }

    @Test
    void failureIsTold() {
        server.enqueue(ScriptedResponse.failed("boom"));
        TestClient client = textSession();
        client.say("{'type':'response.create'}");
        assertThat(client.types()).containsExactly("response.created", "response.done");
        assertThat(at(client.last("response.done"), "response", "status_details", "error", "code"))
                .isEqualTo("boom");
    }
}
