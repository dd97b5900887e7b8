package io.github.realtime4j.protocol;

import io.github.realtime4j.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Whether and which tool the model uses. */
public sealed interface ToolChoice {
    ToolChoice AUTO = new Named("auto");
    ToolChoice NONE = new Named("none");
    ToolChoice REQUIRED = new Named("required");

    static ToolChoice function(String name) {
        return new Function(name);
    }

    /** One of the constants. */
    record Named(String value) implements ToolChoice {}

    /** This function. */
    record Function(String name) implements ToolChoice {}

    /** This MCP server, or this tool of it. */
    record Mcp(String serverLabel, @Nullable String name) implements ToolChoice {}

    /** A choice that this library does not know. */
    record Unknown(JsonValue json) implements ToolChoice {}
}
