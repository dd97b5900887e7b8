package io.github.realtime4j;

import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.tool.ToolApproval;
import io.github.realtime4j.tool.ToolApproval.Decision;
import java.util.concurrent.CompletionStage;

/** Decides on the calls for which an MCP server's {@code require_approval} wants a word. */
@FunctionalInterface
public interface McpApproval {
    /** Allows every call. */
    McpApproval ALWAYS = request -> ToolApproval.approve();

    /** Decides, now or when somebody has been asked. Called on the application's executor; may block. */
    CompletionStage<Decision> decide(Item.McpApprovalRequest request);
}
