package io.github.realtime4j.server.session;

import static io.github.realtime4j.server.session.TestClient.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.Reply;
import io.github.realtime4j.server.ResponseRequest;
import io.github.realtime4j.server.ScriptedResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client does to the conversation. */
final class ItemsTest {
    private final List<ResponseRequest> requests = new ArrayList<>();
    private final RealtimeServer server = TestClient.server()
            .responder(request -> {
                requests.add(request);
                return Reply.text("Yes.");
            })
            .start();
    private final TestClient client = TestClient.connect(server);

    @AfterEach
    void close() {
        server.close();
    }

    private void create(String id, String position) {
        client.say("{'type':'conversation.item.create'," + position + "'item':{'id':'" + id
                + "','type':'message','role':'user','content':[{'type':'input_text','text':'" + id + "'}]}}");
    }

    @Test
    void itemsAreAppendedPutFirstOrBehindAnother() {
        create("a", "");
        create("b", "'previous_item_id':'',");
        assertThat(at(client.last("conversation.item.added"), "previous_item_id"))
                .isEqualTo("a");
        create("c", "'previous_item_id':'root',");
        assertThat(at(client.last("conversation.item.added"), "previous_item_id"))
                .isEqualTo("null");
        create("d", "'previous_item_id':'a',");
        assertThat(at(client.last("conversation.item.done"), "previous_item_id"))
                .isEqualTo("a");
        client.say("{'type':'response.create','response':{'output_modalities':['text']}}");
        assertThat(requests.get(0).items()).extracting(item -> item.text()).containsExactly("c", "a", "d", "b");
    }

    @Test
    void anItemIsShownInTheServicesOrder() {
        create("a", "");
        assertThat(at(client.last("conversation.item.done"), "item"))
                .isEqualTo("{\"id\":\"a\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"user\","
                        + "\"content\":[{\"type\":\"input_text\",\"text\":\"a\"}]}");
    }

    @Test
    void idsAreUsedOnceAndPlacesMustExist() {
        create("a", "");
        create("a", "");
        assertThat(client.error())
                .containsExactly(
                        "item_create_duplicate_item_id",
                        "Error adding item: an item with id 'a' already exists.",
                        "null");
        create("b", "'previous_item_id':'x',");
        assertThat(client.error())
                .containsExactly(
                        "item_create_invalid_previous_item_id",
                        "Error adding item: the previous item with id 'x' does not exist.",
                        "null");
        client.say("{'type':'conversation.item.retrieve','item_id':'b'}");
        assertThat(client.error().get(0)).isEqualTo("item_retrieve_invalid_item_id");
    }

    @Test
    void aDeletedItemIsGone() {
        create("a", "");
        client.types();
        client.say("{'type':'conversation.item.delete','item_id':'a'}");
        assertThat(client.types()).containsExactly("conversation.item.deleted");
        client.say("{'type':'conversation.item.delete','item_id':'a'}");
        assertThat(client.error().get(0)).isEqualTo("item_delete_invalid_item_id");
        create("a", "");
        assertThat(client.types()).endsWith("conversation.item.done");
    }

    private String speak() {
        server.enqueue(ScriptedResponse.text("Good morning, and welcome to the show."));
        client.say("{'type':'response.create'}");
        return at(client.last("response.done"), "response", "output", 0, "id");
    }

    @Test
    void truncatingForgetsTheTranscriptAndKeepsTheSoundSoFar() {
        String id = speak();
        client.types();
        client.say("{'type':'conversation.item.truncate','item_id':'" + id + "','content_index':0,'audio_end_ms':700}");
        assertThat(client.types()).containsExactly("conversation.item.truncated");
        assertThat(at(client.last("conversation.item.truncated"), "audio_end_ms"))
                .isEqualTo("700");
        client.say("{'type':'conversation.item.retrieve','item_id':'" + id + "'}");
        JsonObject retrieved = client.last("conversation.item.retrieved");
        assertThat(at(retrieved, "item", "content", 0, "transcript")).isEqualTo("null");
        assertThat(AudioBytes.fromBase64(at(retrieved, "item", "content", 0, "audio"))
                        .size())
                .isEqualTo(700 * 48);
        client.say("{'type':'response.create','response':{'output_modalities':['text']}}");
        assertThat(requests.get(0).items().get(0).text()).startsWith("Good").doesNotContain("show");
    }

    @Test
    void onlySoundThatWasSaidCanBeTruncated() {
        String id = speak();
        client.say(
                "{'type':'conversation.item.truncate','item_id':'" + id + "','content_index':0,'audio_end_ms':57340}");
        assertThat(client.error().get(1)).matches("Audio content of \\d+ms is already shorter than 57340ms");
        create("a", "");
        client.say("{'type':'conversation.item.truncate','item_id':'a','content_index':0,'audio_end_ms':0}");
        assertThat(client.error().get(1)).isEqualTo("Only model output audio messages can be truncated");
        client.say("{'type':'conversation.item.truncate','item_id':'x','content_index':0,'audio_end_ms':0}");
        assertThat(client.error().get(0)).isEqualTo("item_truncate_invalid_item_id");
    }

    @Test
    void imagesAreAccepted() {
        client.types();
        client.say("{'type':'conversation.item.create','item':{'type':'message','role':'user','content':["
                + "{'type':'input_image','image_url':'data:image/png;base64,iVBORw0KGgo=','detail':'low'}]}}");
        assertThat(client.types()).containsExactly("conversation.item.added", "conversation.item.done");
    }

    @Test
    void aResponsesInputMayReferToItems() {
        create("a", "");
        client.say("{'type':'response.create','response':{'conversation':'none','output_modalities':['text'],'input':["
                + "{'type':'item_reference','id':'a'},{'type':'message','role':'user','content':["
                + "{'type':'input_text','text':'extra'}]}]}}");
        assertThat(requests.get(0).items()).extracting(item -> item.text()).containsExactly("a", "extra");
        client.say("{'type':'response.create','response':{'input':[{'type':'item_reference','id':'x'}]}}");
        assertThat(client.error().get(1))
                .isEqualTo("Error adding item: the referenced item with id 'x' does not exist.");
    }

    @Test
    void usageGrowsWithTheConversationAndItsBeginningIsCached() {
        String text = "word ".repeat(200);
        client.userText(text);
        client.say("{'type':'response.create','response':{'output_modalities':['text']}}");
        client.say("{'type':'response.create','response':{'output_modalities':['text']}}");
        JsonObject usage = Members.at(client.last("response.done"), "response", "usage");
        assertThat(Integer.parseInt(at(usage, "input_token_details", "cached_tokens")))
                .isPositive()
                .isLessThan(Integer.parseInt(at(usage, "input_tokens")));
    }
}
