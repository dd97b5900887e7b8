package io.github.realtime4j.protocol;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One thing in a conversation. An id may be chosen by the client; otherwise the server gives one. */
public sealed interface Item {
    @Nullable
    String id();

    /** What is written or said in it; empty for everything but messages. */
    default String text() {
        return "";
    }

    static Message userText(String text) {
        return message(Role.USER, new ContentPart.InputText(text));
    }

    static Message userAudio(AudioBytes audio) {
        return message(Role.USER, new ContentPart.InputAudio(audio));
    }

    static Message systemText(String text) {
        return message(Role.SYSTEM, new ContentPart.InputText(text));
    }

    /** For history from elsewhere: what the assistant said before this session. */
    static Message assistantText(String text) {
        return message(Role.ASSISTANT, new ContentPart.OutputText(text));
    }

    static Message message(Role role, ContentPart... content) {
        return new Message(null, null, role, List.of(content), null, JsonObject.EMPTY);
    }

    /** The answer to a call; any text, JSON by custom. */
    static FunctionCallOutput functionCallOutput(String callId, String output) {
        return new FunctionCallOutput(null, null, callId, output, JsonObject.EMPTY);
    }

    /**
     * {@code message}.
     *
     * @param phase on reasoning models {@code commentary} (before a tool call) or {@code final_answer}
     */
    record Message(
            @Nullable String id,
            @Nullable Status status,
            Role role,
            List<ContentPart> content,
            @Nullable String phase,
            JsonObject extra)
            implements Item {
        public Message {
            content = List.copyOf(content);
        }

        @Override
        public String text() {
            return content.stream().map(ContentPart::text).collect(Collectors.joining());
        }

        public Message id(String id) {
            return new Message(id, status, role, content, phase, extra);
        }
    }

    /**
     * {@code function_call}: the model wants this function run.
     *
     * @param callId to be named in the output
     * @param arguments JSON text, complete only when the item is done
     */
    record FunctionCall(
            @Nullable String id,
            @Nullable Status status,
            String name,
            @Nullable String callId,
            String arguments,
            JsonObject extra)
            implements Item {}

    /** {@code function_call_output}: what came of a call. */
    record FunctionCallOutput(
            @Nullable String id, @Nullable Status status, String callId, String output, JsonObject extra)
            implements Item {}

    /** {@code mcp_list_tools}: what an MCP server offers. */
    record McpListTools(@Nullable String id, String serverLabel, List<McpTool> tools, JsonObject extra)
            implements Item {}

    /** {@code mcp_call}: a call that the service makes itself. */
    record McpCall(
            @Nullable String id,
            String serverLabel,
            String name,
            String arguments,
            @Nullable String approvalRequestId,
            @Nullable String output,
            @Nullable McpError error,
            JsonObject extra)
            implements Item {}

    /** {@code mcp_approval_request}: a call waits for {@link McpApprovalResponse}. */
    record McpApprovalRequest(@Nullable String id, String serverLabel, String name, String arguments, JsonObject extra)
            implements Item {}

    /** {@code mcp_approval_response}. */
    record McpApprovalResponse(
            @Nullable String id,
            String approvalRequestId,
            boolean approve,
            @Nullable String reason,
            JsonObject extra) implements Item {
        public McpApprovalResponse(String approvalRequestId, boolean approve) {
            this(null, approvalRequestId, approve, null, JsonObject.EMPTY);
        }
    }

    /** {@code item_reference}: in {@link ResponseConfig#input} only: an item of the default conversation. */
    record ItemReference(@Nullable String id) implements Item {}

    /** A kind of item that this library does not know. */
    record Unknown(JsonValue json) implements Item {
        @Override
        public @Nullable String id() {
            return json instanceof JsonObject object ? object.string("id") : null;
        }
    }

    /** One tool of an MCP server. */
    record McpTool(
            String name,
            @Nullable String description,
            JsonObject inputSchema,
            @Nullable JsonObject annotations) {}

    /** Why an MCP call failed. */
    sealed interface McpError {
        /** The MCP server broke its protocol. */
        record ProtocolError(int code, String message) implements McpError {}

        /** The tool itself failed. */
        record ToolExecutionError(String message) implements McpError {}

        /** The MCP server answered with this status. */
        record HttpError(int code, String message) implements McpError {}

        /** A failure that this library does not know. */
        record Unknown(JsonValue json) implements McpError {}
    }

    /** Who speaks in a message. */
    record Role(String value) {
        public static final Role USER = new Role("user");
        public static final Role ASSISTANT = new Role("assistant");
        public static final Role SYSTEM = new Role("system");
    }

    /** How finished an item is. */
    record Status(String value) {
        public static final Status IN_PROGRESS = new Status("in_progress");
        public static final Status COMPLETED = new Status("completed");
        public static final Status INCOMPLETE = new Status("incomplete");
    }
}
