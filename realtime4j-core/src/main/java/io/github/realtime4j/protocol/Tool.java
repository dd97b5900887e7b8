package io.github.realtime4j.protocol;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that the model may use. */
public sealed interface Tool {

    /**
     * A function that the application runs.
     *
     * @param name letters, digits, {@code _} and {@code -}, at most 64
     * @param parameters a JSON Schema for the arguments
     */
    record Function(
            @Nullable String name,
            @Nullable String description,
            @Nullable JsonObject parameters,
            JsonObject extra) implements Tool {
        public Function(String name, String description, JsonObject parameters) {
            this(name, description, parameters, JsonObject.EMPTY);
        }
    }

    /**
     * A remote MCP server whose tools the service calls itself.
     *
     * @param authorization an OAuth token for the MCP server; not printed
     * @param headers sent to the MCP server; not printed
     */
    record Mcp(
            String serverLabel,
            @Nullable String serverUrl,
            @Nullable String connectorId,
            @Nullable String tunnelId,
            @Nullable String authorization,
            @Nullable String serverDescription,
            @Nullable Map<String, String> headers,
            @Nullable AllowedTools allowedTools,
            @Nullable List<String> allowedCallers,
            @Nullable RequireApproval requireApproval,
            @Nullable Boolean deferLoading,
            JsonObject extra)
            implements Tool {
        public Mcp {
            headers = headers == null ? null : Map.copyOf(headers);
            allowedCallers = allowedCallers == null ? null : List.copyOf(allowedCallers);
        }

        public static Mcp of(String serverLabel, String serverUrl) {
            return new Mcp(
                    serverLabel, serverUrl, null, null, null, null, null, null, null, null, null, JsonObject.EMPTY);
        }

        public Mcp requireApproval(RequireApproval approval) {
            return new Mcp(
                    serverLabel,
                    serverUrl,
                    connectorId,
                    tunnelId,
                    authorization,
                    serverDescription,
                    headers,
                    allowedTools,
                    allowedCallers,
                    approval,
                    deferLoading,
                    extra);
        }

        @Override
        public String toString() {
            return "Mcp[serverLabel=" + serverLabel + ", serverUrl=" + serverUrl + "]";
        }
    }

    /** A kind of tool that this library does not know. */
    record Unknown(JsonValue json) implements Tool {}

    /** Which tools of an MCP server the model sees. */
    sealed interface AllowedTools {
        /** Tools by name. */
        record Names(List<String> value) implements AllowedTools {}

        /** Tools by name or nature. */
        record Filter(
                @Nullable List<String> toolNames, @Nullable Boolean readOnly) implements AllowedTools {}

        /** A form that this library does not know. */
        record Unknown(JsonValue json) implements AllowedTools {}
    }

    /** Which MCP calls wait for an {@link Item.McpApprovalResponse}. */
    sealed interface RequireApproval {
        RequireApproval ALWAYS = new Named("always");
        RequireApproval NEVER = new Named("never");

        /** All or none. */
        record Named(String value) implements RequireApproval {}

        /** Some. */
        record Filters(AllowedTools.@Nullable Filter always, AllowedTools.@Nullable Filter never)
                implements RequireApproval {}

        /** A form that this library does not know. */
        record Unknown(JsonValue json) implements RequireApproval {}
    }
}
