package io.github.realtime4j;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.Tool;
import io.github.realtime4j.session.FunctionCalls;
import io.github.realtime4j.session.McpServers;
import io.github.realtime4j.tool.FunctionTool;
import io.github.realtime4j.tool.ToolApproval.Decision;
import io.github.realtime4j.tool.ToolHandler;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tools of one connection: functions that run here, and MCP servers that the service calls. */
final class SessionTools {
    private static final Logger LOG = LoggerFactory.getLogger(RealtimeSession.class);

    private final SessionParts parts;
    private final Host host;
    private final FunctionCalls calls;
    private final McpServers servers;

    /** What tools need of a session. */
    interface Host {
        /** Adds an item to the conversation. */
        CompletableFuture<Item> add(Item item);

        /** One response is wanted that sees what has been added. */
        void followUp();

        /** The turn that is ending goes on with the next response that the server begins. In the confinement. */
        void turnGoesOn();
    }

    SessionTools(SessionParts parts, Host host) {
        this.parts = parts;
        this.host = host;
        this.calls = new FunctionCalls(
                parts.callbacks(),
                parts.timer(),
                parts.nanoTime(),
                parts.options().toolApproval(),
                new CallHost());
        this.servers = new McpServers(parts.callbacks(), McpToolsException::new);
    }

    <A> void register(FunctionTool<A> tool, ToolHandler<A> handler) {
        calls.register(tool, handler);
    }

    /** The tools that the session has now. */
    void inForce(@Nullable List<Tool> tools) {
        servers.tools(tools);
    }

    CompletableFuture<@Nullable Void> mcpReady() {
        return servers.ready();
    }

    void event(ServerEvent event) {
        Item.McpApprovalRequest request = servers.apply(event);
        McpApproval approval = parts.options().mcpApproval();
        if (request != null && approval != null) {
            parts.callbacks().execute(() -> decide(approval, request));
        }
    }

    private void decide(McpApproval approval, Item.McpApprovalRequest request) {
        CompletionStage<Decision> decision;
        try {
            decision = Objects.requireNonNull(approval.decide(request), "no future of a decision");
        } catch (RuntimeException | Error e) {
            decision = CompletableFuture.failedFuture(e);
        }
        decision.whenComplete((decided, problem) -> {
            if (decided == null) {
                LOG.error("The approval of an MCP call threw, or decided nothing; the call is denied", problem);
            }
            Decision answer = decided == null ? Decision.deny("The approval could not be asked for.") : decided;
            String id = String.valueOf(request.id());
            reportFailure(host.add(
                    new Item.McpApprovalResponse(null, id, answer.approve(), answer.reason(), JsonObject.EMPTY)));
            if (!answer.approve()) {
                // An approved call goes on by itself; after a denial the model waits to be asked.
                host.followUp();
            }
        });
    }

    void call(String responseId, Item.FunctionCall call) {
        calls.call(responseId, call);
    }

    /** @return whether another response follows by itself */
    boolean responseDone(Response response) {
        boolean answered = calls.responseDone(response);
        if (McpServers.endsUnspoken(response)) {
            host.followUp();
            return true;
        }
        boolean asked = parts.options().mcpApproval() != null && endsWithRequest(response);
        if (asked) {
            host.turnGoesOn();
        }
        return answered || asked;
    }

    private static boolean endsWithRequest(Response response) {
        List<Item> output = response.output();
        return !output.isEmpty() && output.get(output.size() - 1) instanceof Item.McpApprovalRequest;
    }

    void end(RuntimeException why) {
        calls.end();
        servers.end(why);
    }

    private static void reportFailure(CompletionStage<?> sent) {
        sent.whenComplete((acknowledged, problem) -> {
            if (problem != null) {
                LOG.warn("The answer to a call was not taken: {}", String.valueOf(problem.getMessage()));
            }
        });
    }

    /** What function calls need of the session. */
    private final class CallHost implements FunctionCalls.Host {
        @Override
        public CompletionStage<?> add(Item item) {
            return host.add(item);
        }

        @Override
        public void followUp(String responseId) {
            host.followUp();
        }

        @Override
        public void followUpWhenIdle() {
            host.followUp();
        }

        @Override
        public void finished(FunctionCalls.Report report) {
            parts.measurements()
                    .tell(to -> to.toolFinished(
                            report.name(), report.took(), report.result().name()));
        }

        @Override
        public void problem(Throwable problem) {
            LOG.warn("A function call went wrong; the model has been told", problem);
        }
    }
}
