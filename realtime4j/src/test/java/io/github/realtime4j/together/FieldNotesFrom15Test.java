package io.github.realtime4j.together;

import static io.github.realtime4j.together.Together.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.BudgetExceededException;
import io.github.realtime4j.ConnectRefusedException;
import io.github.realtime4j.ConnectionLostException;
import io.github.realtime4j.McpApproval;
import io.github.realtime4j.McpToolsException;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.ResponseHandle;
import io.github.realtime4j.SessionEnd;
import io.github.realtime4j.SessionOptions;
import io.github.realtime4j.SessionState;
import io.github.realtime4j.SlowConsumer;
import io.github.realtime4j.SlowConsumerException;
import io.github.realtime4j.View;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Modality;
import io.github.realtime4j.protocol.ProtocolWarning;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.Tool;
import io.github.realtime4j.server.Fault;
import io.github.realtime4j.server.McpCatalogue;
import io.github.realtime4j.server.Pacing;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.Reply;
import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.server.Trigger;
import io.github.realtime4j.usage.Budget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What users of other clients suffer from, and what this one promises about each: from note fifteen on. */
final class FieldNotesFrom15Test {
    @Test
    void note15AModelThatSaysNothingAfterAnMcpCallIsAskedOnce() throws Exception {
        McpCatalogue catalogue = McpCatalogue.EMPTY.with(
                "docs", new McpCatalogue.Tool("ask", "Asks.", JsonObject.of("type", "object"), question -> "42"));
        AtomicInteger asked = new AtomicInteger();
        try (Together together = new Together(
                        RealtimeServer.builder().inMemory().pacing(Pacing.NONE).mcp(catalogue), Together.ENDPOINT)
                .replies(
                        Reply.of(new Reply.Output.McpCall("docs", "ask", "{}")),
                        Reply.of(new Reply.Output.McpCall("docs", "ask", "{}")),
                        Reply.text("It is 42."))) {
            Tool docs = Tool.Mcp.of("docs", "https://example.com/mcp").requireApproval(Tool.RequireApproval.ALWAYS);
            McpApproval approval = request -> {
                asked.incrementAndGet();
                return McpApproval.ALWAYS.decide(request);
            };
            try (RealtimeSession session = together.client()
                    .newSession(
                            SessionConfig.builder()
                                    .outputModalities(Modality.TEXT)
                                    .tool(docs)
                                    .build(),
                            SessionOptions.builder().mcpApproval(approval).build())
                    .connect()) {
                await(session.awaitMcpReady());
                assertThat(await(session.runTurn()).text()).isEqualTo("It is 42.");
                assertThat(asked).hasPositiveValue();
            }
        }
    }

    @Test
    void note15AnMcpServerWithoutAListIsToldOf() throws Exception {
        try (Together together = new Together();
                RealtimeSession session = together.client()
                        .newSession(SessionConfig.builder()
                                .tool(Tool.Mcp.of("docs", "https://example.com/mcp"))
                                .build())
                        .connect()) {
            assertThatThrownBy(() -> await(session.awaitMcpReady())).hasCauseInstanceOf(McpToolsException.class);
        }
    }

    @Test
    void note17AfterADropEverythingFailsAtOnce() throws Exception {
        try (Together together = new Together()
                        .replies(ScriptedResponse.never())
                        .faults(new Fault.Reset(Trigger.onClientEvent("input_audio_buffer.clear")));
                RealtimeSession session = together.session().connect()) {
            ResponseHandle running = session.respond();
            CompletableFuture<Void> cleared = session.input().clear();

            assertThatThrownBy(() -> await(cleared)).hasCauseInstanceOf(ConnectionLostException.class);
            assertThatThrownBy(() -> await(running.done())).hasCauseInstanceOf(ConnectionLostException.class);
            assertThat(await(session.ended()).state()).isEqualTo(SessionState.FAILED);
            assertThatThrownBy(() -> await(session.items().create(Item.userText("Hello?"))))
                    .hasCauseInstanceOf(ConnectionLostException.class);
        }
    }

    @Test
    void note18AHandlerIsCalledOncePerEventUntilItIsCancelled() throws Exception {
        try (Together together = new Together().replies(Reply.text("One."), Reply.text("Two."));
                RealtimeSession session = together.session()) {
            List<String> heard = new ArrayList<>();
            CompletableFuture<String> first = new CompletableFuture<>();
            var subscription = session.on(ResponseEvent.Done.class, done -> {
                heard.add(done.response().text());
                first.complete(done.response().text());
            });
            session.connect();
            await(session.ask("Hello"));
            await(first);
            subscription.cancel();
            await(session.ask("Hello again"));

            CompletableFuture<SessionEnd> last = new CompletableFuture<>();
            session.onEnd(last::complete);
            await(session.closeAsync());
            await(last);
            assertThat(heard).containsExactly("One.");
        }
    }

    @Test
    void note21ARefusedUpgradeSaysWhy() {
        try (Together together = new Together().faults(new Fault.RefuseUpgrade(429, "{\"error\":\"slow down\"}"))) {
            RealtimeSession session = together.session();
            assertThatThrownBy(session::connect).isInstanceOfSatisfying(ConnectRefusedException.class, refused -> {
                assertThat(refused.status()).isEqualTo(429);
                assertThat(refused.body()).isEqualTo("{\"error\":\"slow down\"}");
            });
            assertThat(session.state()).isEqualTo(SessionState.FAILED);
        }
    }

    @Test
    void note23AMalformedFrameIsAnEventAndTheSessionGoesOn() throws Exception {
        try (Together together = new Together()
                        .replies(Reply.text("Here."))
                        .faults(new Fault.MalformedFrame(
                                Trigger.before("response.created"), Fault.MalformedFrame.Kind.TRUNCATED_JSON));
                RealtimeSession session = together.session()) {
            CompletableFuture<ProtocolWarning> warning = new CompletableFuture<>();
            session.on(ProtocolWarning.class, warning::complete);
            session.connect();

            assertThat(await(session.ask("Are you there?")).text()).isEqualTo("Here.");
            assertThat(await(warning).problem()).isNotEmpty();
        }
    }

    @Test
    void note24AHandlerMayBlockAndWaitForItsOwnSession() throws Exception {
        try (Together together = new Together().replies(Reply.text("One."), Reply.text("Two."));
                RealtimeSession session = together.session()) {
            CompletableFuture<String> second = new CompletableFuture<>();
            AtomicInteger count = new AtomicInteger();
            session.on(ResponseEvent.Done.class, done -> {
                if (count.incrementAndGet() == 1) {
                    second.complete(session.ask("Another?").join().text());
                }
            });
            session.connect();
            await(session.ask("One?"));

            assertThat(await(second)).isEqualTo("Two.");
        }
    }

    @Test
    void note25ASlowViewCostsWhatItSaysAndHurtsNobody() throws Exception {
        try (Together together = new Together().replies(Reply.text("a b c d e f g h i j k l m n o p q r s t u v w"));
                RealtimeSession session = together.session()) {
            View<ServerEvent> dropping = session.view(ServerEvent.class, SlowConsumer.DROP_OLDEST, 1_000);
            View<ServerEvent> failing = session.view(ServerEvent.class, SlowConsumer.FAIL, 1_000);
            session.connect();

            assertThat(await(session.runTurn()).text()).startsWith("a b c");
            assertThat(dropping.dropped()).isGreaterThan(20);
            assertThatThrownBy(() -> failing.forEach(event -> {})).isInstanceOf(SlowConsumerException.class);
        }
    }

    @Test
    void note27ALimitEndsTheSessionInOrderAndSaysWhichItWas() throws Exception {
        assertThat(limit(Budget.UNLIMITED.maxResponses(1))).isEqualTo(Budget.Kind.RESPONSES);
        assertThat(limit(Budget.UNLIMITED.maxTokens(10))).isEqualTo(Budget.Kind.TOKENS);
        assertThat(limit(Budget.UNLIMITED.maxCost("0.000001"))).isEqualTo(Budget.Kind.COST);
        assertThat(limit(Budget.UNLIMITED.maxDuration(Duration.ofMillis(1)))).isEqualTo(Budget.Kind.DURATION);
    }

    private static Budget.Kind limit(Budget budget) throws Exception {
        try (Together together = new Together().replies(Reply.text("Hello."))) {
            RealtimeSession session =
                    together.session(SessionOptions.builder().budget(budget)).connect();
            try {
                session.respond();
            } catch (BudgetExceededException alreadyOver) {
                assertThat(budget.maxDuration()).isNotNull();
            }
            SessionEnd end = await(session.ended());
            assertThat(end.state()).isEqualTo(SessionState.CLOSED);
            assertThatThrownBy(session::respond).isInstanceOf(BudgetExceededException.class);
            return ((BudgetExceededException) end.cause()).limit().kind();
        }
    }

    @Test
    void note28AKeyIsNowhereToBeSeen() throws Exception {
        String key = "sk-proj-abcdefghijklmnop";
        try (RealtimeServer server = RealtimeServer.builder().keys("another").start();
                RealtimeClient client = RealtimeClient.builder()
                        .endpoint(io.github.realtime4j.Endpoint.custom(server.uri()))
                        .apiKey(key)
                        .build()) {
            RealtimeSession session = client.newSession();
            assertThatThrownBy(session::connect)
                    .satisfies(refusal -> assertThat(stackTrace(refusal)).doesNotContain("abcdefgh"));
            assertThat(session.toString() + client + await(session.ended())).doesNotContain("abcdefgh");
        }
    }

    private static String stackTrace(Throwable problem) {
        java.io.StringWriter text = new java.io.StringWriter();
        problem.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    @Test
    void note29TheLifeOfASessionHasNoDeadEnds() throws Exception {
        try (Together together = new Together().replies(Reply.text("Hello."))) {
            RealtimeSession session = together.session();
            assertThatThrownBy(session::respond)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The session is NEW: connect it, and wait until it is OPEN");
            assertThat(session.connect()).isSameAs(session.connect());
            for (String piece : session.respond().text()) {
                assertThat(piece).isNotEmpty();
            }
            session.close();
            session.close();
            session.abort();
            assertThat(session.state()).isEqualTo(SessionState.CLOSED);
            assertThatThrownBy(() -> session.ask("Still there?").join())
                    .isInstanceOf(CompletionException.class)
                    .hasRootCauseMessage("The session has been closed");
        }
    }

    @Test
    void aNewSessionCanBeClosedAndThenNeverConnects() {
        try (Together together = new Together()) {
            RealtimeSession session = together.session();
            session.close();
            assertThatThrownBy(() -> session.connectAsync().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("The session has been closed");
        }
    }
}
