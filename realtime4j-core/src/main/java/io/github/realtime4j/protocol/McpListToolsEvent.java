package io.github.realtime4j.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The listing of a remote MCP server's tools, which can be called once it has completed.
 *
 * <pre>inProgress → ( completed | failed )</pre>
 */
public sealed interface McpListToolsEvent extends ServerEvent {
    /** The {@link Item.McpListTools} item that holds the list. */
    String itemId();

    /** {@code mcp_list_tools.in_progress}. */
    record InProgress(@Nullable String eventId, String itemId) implements McpListToolsEvent {}

    /** {@code mcp_list_tools.completed}. */
    record Completed(@Nullable String eventId, String itemId) implements McpListToolsEvent {}

    /** {@code mcp_list_tools.failed}. */
    record Failed(@Nullable String eventId, String itemId) implements McpListToolsEvent {}
}
