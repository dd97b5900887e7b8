package io.github.realtime4j.server;

import io.github.realtime4j.json.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The MCP servers that this server plays: tools by {@code server_label}. A label that is not here fails to list.
 *
 * @param servers label to tools
 */
public record McpCatalogue(Map<String, List<Tool>> servers) {
    public static final McpCatalogue EMPTY = new McpCatalogue(Map.of());

    public McpCatalogue {
        Map<String, List<Tool>> copy = new LinkedHashMap<>();
        servers.forEach((label, tools) -> copy.put(label, List.copyOf(tools)));
        servers = Map.copyOf(copy);
    }

    /** This catalogue with one more server, or one replaced. */
    public McpCatalogue with(String serverLabel, Tool... tools) {
        Map<String, List<Tool>> copy = new LinkedHashMap<>(servers);
        copy.put(serverLabel, List.of(tools));
        return new McpCatalogue(copy);
    }

    /** Null for a label that is not here. */
    public @Nullable List<Tool> tools(String serverLabel) {
        return servers.get(serverLabel);
    }

    /** Null for a tool that is not here. */
    public @Nullable Tool tool(String serverLabel, String name) {
        return servers.getOrDefault(serverLabel, List.of()).stream()
                .filter(tool -> tool.name.equals(name))
                .findFirst()
                .orElse(null);
    }

    /**
     * One tool.
     *
     * @param inputSchema a JSON Schema
     * @param behaviour from arguments to output, both text; called on a worker thread, may block; an exception becomes a
     *     {@code tool_execution_error} with its message
     */
    public record Tool(String name, String description, JsonObject inputSchema, UnaryOperator<String> behaviour) {}
}
