package io.github.realtime4j.server;

import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Model;
import io.github.realtime4j.protocol.ResponseConfig;
import io.github.realtime4j.protocol.Tool;
import io.github.realtime4j.protocol.ToolChoice;
import java.util.List;
import java.util.Map;

/**
 * What a model would see: session settings with the response's own overrides applied.
 *
 * @param responseId the response that is being made
 * @param model the session's model
 * @param instructions in force for this response
 * @param items the conversation, or the response's {@code input}; spoken items carry their transcript where it is known
 * @param tools that may be called
 * @param toolChoice how freely
 * @param parallelToolCalls whether several calls may be made at once
 * @param audio whether the answer will be spoken
 * @param config as the client sent it; empty for a turn of voice activity detection
 * @param metadata of the response
 */
public record ResponseRequest(
        String responseId,
        Model model,
        String instructions,
        List<Item> items,
        List<Tool> tools,
        ToolChoice toolChoice,
        boolean parallelToolCalls,
        boolean audio,
        ResponseConfig config,
        Map<String, String> metadata) {
    public ResponseRequest {
        items = List.copyOf(items);
        tools = List.copyOf(tools);
    }
}
