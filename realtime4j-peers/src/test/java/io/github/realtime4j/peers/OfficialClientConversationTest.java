package io.github.realtime4j.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.JsonValue;
import com.openai.models.realtime.ConversationItemCreateEvent;
import com.openai.models.realtime.ConversationItemDeleteEvent;
import com.openai.models.realtime.ConversationItemRetrieveEvent;
import com.openai.models.realtime.RealtimeClientEvent;
import com.openai.models.realtime.RealtimeError;
import com.openai.models.realtime.RealtimeMcpApprovalRequest;
import com.openai.models.realtime.RealtimeMcpApprovalResponse;
import com.openai.models.realtime.RealtimeResponse;
import com.openai.models.realtime.RealtimeResponseCreateParams;
import com.openai.models.realtime.RealtimeServerEvent;
import com.openai.models.realtime.RealtimeSessionCreateRequest;
import com.openai.models.realtime.RealtimeSessionCreateRequest.OutputModality;
import com.openai.models.realtime.RealtimeToolsConfigUnion.Mcp;
import com.openai.models.realtime.RealtimeToolsConfigUnion.Mcp.RequireApproval.McpToolApprovalSetting;
import com.openai.models.realtime.ResponseCancelEvent;
import com.openai.models.realtime.SessionUpdateEvent;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.McpCatalogue;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.Reply;
import io.github.realtime4j.server.Reply.Output;
import io.github.realtime4j.server.ScriptedResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Items, responses beside the conversation, errors and MCP as the official Java SDK sees them. */
final class OfficialClientConversationTest {
    private final RealtimeServer server = RealtimeServer.builder()
            .mcp(McpCatalogue.EMPTY.with(
                    "docs",
                    new McpCatalogue.Tool(
                            "search", "Searches the manual", JsonObject.of("type", "object"), arguments -> "Page 7")))
            .start();
    private final OfficialClient client = OfficialClient.connect(server);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void itemsAreCreatedInPlaceRetrievedAndDeleted() {
        create("item_first", "One", null);
        create("item_third", "Three", null);
        create("item_second", "Two", "item_first");
        client.send(RealtimeClientEvent.ofConversationItemRetrieve(
                ConversationItemRetrieveEvent.builder().itemId("item_second").build()));
        assertThat(client.await(RealtimeServerEvent::isConversationItemRetrieved)
                        .asConversationItemRetrieved()
                        .item()
                        .asRealtimeConversationItemUserMessage()
                        .content()
                        .get(0)
                        .text())
                .contains("Two");
        client.send(RealtimeClientEvent.ofConversationItemDelete(
                ConversationItemDeleteEvent.builder().itemId("item_second").build()));
        assertThat(client.await(RealtimeServerEvent::isConversationItemDeleted)
                        .asConversationItemDeleted()
                        .itemId())
                .isEqualTo("item_second");
    }

    private void create(String id, String text, String after) {
        ConversationItemCreateEvent.Builder event = ConversationItemCreateEvent.builder()
                .item(OfficialClient.userMessage(text).toBuilder().id(id).build());
        client.send(RealtimeClientEvent.ofConversationItemCreate(
                after == null ? event.build() : event.previousItemId(after).build()));
        var added = client.await(RealtimeServerEvent::isConversationItemAdded).asConversationItemAdded();
        if (after != null) {
            assertThat(added.previousItemId()).contains(after);
        }
        client.await(RealtimeServerEvent::isConversationItemDone);
    }

    @Test
    void anOutOfBandResponseLeavesNoTrace() {
        server.enqueue(ScriptedResponse.text("support"));
        client.createResponse(RealtimeResponseCreateParams.builder()
                .conversation(RealtimeResponseCreateParams.Conversation.NONE)
                .addOutputModality(RealtimeResponseCreateParams.OutputModality.TEXT)
                .metadata(RealtimeResponseCreateParams.Metadata.builder()
                        .putAdditionalProperty("topic", JsonValue.from("classification"))
                        .build())
                .addInput(OfficialClient.userMessage("Sales or support?"))
                .build());
        RealtimeResponse response = client.awaitResponse();
        assertThat(response.conversationId()).isEmpty();
        assertThat(response.metadata().orElseThrow()._allProperties().get("topic"))
                .isEqualTo(JsonValue.from("classification"));
        assertThat(client.types()).doesNotContain("conversation.item.added");
    }

    @Test
    void aCancelledResponseSaysSo() {
        server.enqueue(ScriptedResponse.never());
        client.createResponse();
        client.await(RealtimeServerEvent::isResponseCreated);
        client.send(RealtimeClientEvent.ofResponseCancel(
                ResponseCancelEvent.builder().build()));
        assertThat(client.awaitResponse().status()).contains(RealtimeResponse.Status.CANCELLED);
    }

    @Test
    void aFieldThatDoesNotExistIsAnErrorWithItsEventId() {
        client.send(RealtimeClientEvent.ofSessionUpdate(SessionUpdateEvent.builder()
                .eventId("evt_bad_field")
                .session(RealtimeSessionCreateRequest.builder()
                        .putAdditionalProperty("favourite_colour", JsonValue.from("blue"))
                        .build())
                .build()));
        RealtimeError error =
                client.await(RealtimeServerEvent::isError).asError().error();
        assertThat(error.code()).contains("unknown_parameter");
        assertThat(error.param()).contains("session.favourite_colour");
        assertThat(error.eventId()).contains("evt_bad_field");
    }

    @Test
    void anMcpToolIsListedApprovedAndCalled() {
        server.enqueue(
                Reply.of(new Output.McpCall("docs", "search", "{\"query\":\"voices\"}")),
                ScriptedResponse.text("See page 7."));
        client.update(RealtimeSessionCreateRequest.builder()
                .addOutputModality(OutputModality.TEXT)
                .addTool(Mcp.builder()
                        .serverLabel("docs")
                        .serverUrl("https://docs.example/mcp")
                        .requireApproval(McpToolApprovalSetting.ALWAYS)
                        .build())
                .build());
        client.await(RealtimeServerEvent::isMcpListToolsCompleted);
        client.say("Which page is about voices?");
        client.createResponse();
        RealtimeMcpApprovalRequest request = client.await(event -> event.isResponseOutputItemDone()
                        && event.asResponseOutputItemDone().item().isMcpApprovalRequest())
                .asResponseOutputItemDone()
                .item()
                .asMcpApprovalRequest();
        assertThat(request.serverLabel()).isEqualTo("docs");
        client.awaitResponse();
        client.send(RealtimeClientEvent.ofConversationItemCreate(ConversationItemCreateEvent.builder()
                .item(RealtimeMcpApprovalResponse.builder()
                        .id("item_approval")
                        .approvalRequestId(request.id())
                        .approve(true)
                        .build())
                .build()));
        client.await(RealtimeServerEvent::isResponseMcpCallCompleted);
    }

    @Test
    void aServerOfToolsThatIsNotThereFailsToList() {
        client.update(RealtimeSessionCreateRequest.builder()
                .addTool(Mcp.builder()
                        .serverLabel("nowhere")
                        .serverUrl("https://nowhere.example/mcp")
                        .build())
                .build());
        client.await(RealtimeServerEvent::isMcpListToolsFailed);
    }
}
