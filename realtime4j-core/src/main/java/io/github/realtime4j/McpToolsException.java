package io.github.realtime4j;

import java.util.Set;

/** The service could not list the tools of an MCP server: the model goes on without them. */
public final class McpToolsException extends RealtimeException {
    private static final long serialVersionUID = 1;

    McpToolsException(Set<String> serverLabels) {
        super(
                "The service could not list the tools of the MCP server " + String.join(", ", serverLabels)
                        + "; the session goes on without them",
                null);
    }
}
