package io.github.realtime4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.json.JsonValue.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The service waits for the answer to a request for approval: there is one, whatever becomes of the asking. */
final class McpApprovalTest {
    private static final String REQUEST = "{\"type\":\"conversation.item.done\",\"item\":{\"id\":\"mcpr_1\","
            + "\"type\":\"mcp_approval_request\",\"server_label\":\"wiki\",\"name\":\"search\",\"arguments\":\"{}\"}}";

    private final SessionRig rig = new SessionRig();

    @AfterEach
    void tearDown() {
        rig.close();
    }

    static Stream<Arguments> approvals() {
        return Stream.of(
                Arguments.of("throws an exception", (McpApproval) request -> {
                    throw new IllegalStateException("nobody is there");
                }),
                Arguments.of("throws an error", (McpApproval) request -> {
                    throw new NoClassDefFoundError("Dialog");
                }),
                Arguments.of("fails", (McpApproval)
                        request -> CompletableFuture.failedFuture(new IllegalStateException("nobody is there"))),
                Arguments.of("gives no future", (McpApproval) request -> null),
                Arguments.of("decides nothing", (McpApproval) request -> CompletableFuture.completedFuture(null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("approvals")
    void anApprovalThatGoesWrongIsADenial(String how, McpApproval approval) {
        RealtimeSession session = rig.session(
                SessionRig.ENDPOINT,
                SessionOptions.builder().mcpApproval(approval).build());
        session.connect();
        rig.server.say(REQUEST);

        assertThat(rig.server.types()).contains("conversation.item.create");
        JsonObject answer = rig.server.messages.get(1).object("item");
        assertThat(answer.string("type")).isEqualTo("mcp_approval_response");
        assertThat(answer.get("approve")).hasToString("false");
        assertThat(answer.string("reason")).isEqualTo("The approval could not be asked for.");
    }
}
