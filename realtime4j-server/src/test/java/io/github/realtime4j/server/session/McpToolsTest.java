package io.github.realtime4j.server.session;

import static io.github.realtime4j.server.session.TestClient.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.McpCatalogue;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.Reply;
import io.github.realtime4j.server.Reply.Output;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** MCP servers that the server plays. */
final class McpToolsTest {
    private static final String UPDATE = "{'type':'session.update','session':{'type':'realtime','output_modalities':"
            + "['text'],'tools':[{'type':'mcp','server_label':'%s','server_url':'https://x','require_approval':'%s'}]}}";

    private final RealtimeServer server = TestClient.server()
            .mcp(McpCatalogue.EMPTY.with(
                    "wiki",
                    new McpCatalogue.Tool("ask", "Asks.", JsonObject.of("type", "object"), question -> "42"),
                    new McpCatalogue.Tool("break", "Breaks.", JsonObject.of("type", "object"), question -> {
                        throw new IllegalStateException("broken");
                    })))
            .start();
    private final TestClient client = TestClient.connect(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void toolsAreListedOnce() {
        client.types();
        client.say(UPDATE.formatted("wiki", "never"));
        assertThat(client.types())
                .containsExactly(
                        "session.updated",
                        "mcp_list_tools.in_progress",
                        "conversation.item.added",
                        "mcp_list_tools.completed",
                        "conversation.item.done");
        assertThat(at(client.last("conversation.item.done"), "item", "tools", 0, "name"))
                .isEqualTo("ask");
        client.say(UPDATE.formatted("wiki", "never"));
        assertThat(client.types()).containsExactly("session.updated");
        client.say(UPDATE.formatted("nowhere", "never"));
        assertThat(client.types()).contains("mcp_list_tools.failed");
    }

    @Test
    void aToolIsCalledByTheServer() {
        client.say(UPDATE.formatted("wiki", "never"));
        client.types();
        server.enqueue(Reply.of(new Output.McpCall("wiki", "ask", "{}")));
        client.say("{'type':'response.create'}");
        assertThat(client.types())
                .containsExactly(
                        "response.created",
                        "response.output_item.added",
                        "conversation.item.added",
                        "response.mcp_call_arguments.delta",
                        "response.mcp_call_arguments.done",
                        "response.mcp_call.in_progress",
                        "response.mcp_call.completed",
                        "conversation.item.done",
                        "response.output_item.done",
                        "response.done",
                        "rate_limits.updated");
        assertThat(at(client.last("response.done"), "response", "output", 0, "output"))
                .isEqualTo("42");
        server.enqueue(Reply.of(new Output.McpCall("wiki", "break", "{}")));
        client.say("{'type':'response.create'}");
        assertThat(client.types()).contains("response.mcp_call.failed");
        assertThat(at(client.last("response.done"), "response", "output", 0, "error"))
                .isEqualTo("{\"type\":\"tool_execution_error\",\"message\":\"broken\"}");
    }

    @Test
    void aCallWaitsForApproval() {
        client.say(UPDATE.formatted("wiki", "always"));
        server.enqueue(Reply.of(new Output.McpCall("wiki", "ask", "{\"q\":1}")));
        client.say("{'type':'response.create'}");
        JsonObject request = Members.at(client.last("response.output_item.done"), "item");
        assertThat(at(request, "type")).isEqualTo("mcp_approval_request");
        client.types();
        client.say("{'type':'conversation.item.create','item':{'type':'mcp_approval_response',"
                + "'approval_request_id':'nope','approve':true}}");
        assertThat(client.error().get(0)).isEqualTo("invalid_value");
        client.say("{'type':'conversation.item.create','item':{'type':'mcp_approval_response','approval_request_id':'"
                + at(request, "id") + "','approve':true}}");
        assertThat(client.types())
                .containsSubsequence("conversation.item.done", "response.created", "response.mcp_call.completed");
        JsonObject call = Members.at(client.last("response.output_item.done"), "item");
        assertThat(at(call, "approval_request_id")).isEqualTo(at(request, "id"));
        assertThat(at(call, "output")).isEqualTo("42");
    }
}
