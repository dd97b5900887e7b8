package io.github.realtime4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ConversationEvent;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.McpListToolsEvent;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.Tool;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class McpServersTest {
    private final QueuedTasks tasks = new QueuedTasks();
    private final McpServers servers =
            new McpServers(tasks, labels -> new IllegalStateException("unlisted: " + new TreeSet<>(labels)));

    private void tools(String... labels) {
        servers.tools(Stream.of(labels)
                .map(label -> (Tool) Tool.Mcp.of(label, "https://" + label))
                .toList());
        tasks.runAll();
    }

    private void item(String id, String label) {
        servers.apply(new ConversationEvent.ItemAdded(
                null, null, new Item.McpListTools(id, label, List.of(), JsonObject.EMPTY)));
        tasks.runAll();
    }

    private void completed(String itemId) {
        servers.apply(new McpListToolsEvent.Completed(null, itemId));
        tasks.runAll();
    }

    private void failed(String itemId) {
        servers.apply(new McpListToolsEvent.Failed(null, itemId));
        tasks.runAll();
    }

    private CompletableFuture<@Nullable Void> ready() {
        CompletableFuture<@Nullable Void> ready = servers.ready();
        tasks.runAll();
        return ready;
    }

    private static void assertFailed(CompletableFuture<?> future, String message) {
        assertThat(future)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .withMessage(message);
    }

    private static Item.McpApprovalRequest request(String id) {
        return new Item.McpApprovalRequest(id, "docs", "search", "{}", JsonObject.EMPTY);
    }

    @Test
    void withoutServersThereIsNothingToWaitFor() {
        assertThat(ready()).isCompleted();
        tools();
        servers.tools(null);
        assertThat(ready()).isCompleted();
    }

    /** An executor with several threads promises no order. */
    @Test
    void whoAsksWhileAFailureIsOnItsWayIsToldOfIt() {
        tools("docs");
        item("i1", "docs");
        servers.apply(new McpListToolsEvent.Failed(null, "i1"));
        CompletableFuture<@Nullable Void> ready = servers.ready();
        while (tasks.size() > 0) {
            tasks.run(tasks.size() - 1);
        }
        assertFailed(ready, "unlisted: [docs]");
    }

    @Test
    void itIsReadyWhenTheToolsOfAllServersAreListed() {
        tools("docs", "mail");
        CompletableFuture<@Nullable Void> ready = ready();
        item("i1", "docs");
        item("i2", "mail");
        completed("i1");
        assertThat(ready).isNotDone();
        completed("i2");
        assertThat(ready).isCompleted();
        assertThat(ready()).isCompleted();
    }

    @Test
    void aListMayBeCompleteBeforeItsItemIsAdded() {
        tools("docs", "mail");
        CompletableFuture<@Nullable Void> ready = ready();
        completed("i1");
        failed("i2");
        item("i1", "docs");
        assertThat(ready).isNotDone();
        item("i2", "mail");
        assertFailed(ready, "unlisted: [mail]");
    }

    @Test
    void serversThatFailAreNamedWhenAllHaveAnswered() {
        tools("docs", "mail", "web");
        CompletableFuture<@Nullable Void> ready = ready();
        item("i1", "docs");
        item("i2", "mail");
        item("i3", "web");
        failed("i2");
        failed("i3");
        assertThat(ready).isNotDone();
        completed("i1");
        assertFailed(ready, "unlisted: [mail, web]");
    }

    @Test
    void anUpdateWhileAListIsUnderWayDoesNotMakeItReady() {
        tools("docs");
        item("i1", "docs");
        CompletableFuture<@Nullable Void> ready = ready();
        tools("docs");
        assertThat(ready).isNotDone();
        completed("i1");
        assertThat(ready).isCompleted();
    }

    @Test
    void anUpdateWithTheSameServersWaitsForNothing() {
        tools("docs");
        item("i1", "docs");
        completed("i1");
        tools("docs");
        assertThat(ready()).isCompleted();
    }

    @Test
    void aServerThatIsNewIsWaitedForAndOneThatIsGoneIsNot() {
        tools("docs");
        item("i1", "docs");
        completed("i1");
        assertThat(ready()).isCompleted();
        tools("docs", "mail");
        CompletableFuture<@Nullable Void> ready = ready();
        assertThat(ready).isNotDone();
        tools("docs");
        assertThat(ready).isCompleted();
    }

    @Test
    void aCallThatWantsApprovalIsToldOnce() {
        Item.McpApprovalRequest request = request("i1");
        assertThat(servers.apply(new ConversationEvent.ItemAdded(null, null, request)))
                .isNull();
        assertThat(servers.apply(new ConversationEvent.ItemDone(null, null, request)))
                .isEqualTo(request);
        assertThat(servers.apply(new ResponseEvent.OutputItemDone(null, "r1", 0, request)))
                .isNull();
        assertThat(servers.apply(new ResponseEvent.OutputItemDone(null, "r1", 0, request("i2"))))
                .isEqualTo(request("i2"));
    }

    @Test
    void aResponseThatEndsWithACallWaitsToBeAsked() {
        Item.McpCall call = new Item.McpCall("i1", "docs", "search", "{}", null, "found", null, JsonObject.EMPTY);
        Item.Message words = Item.assistantText("Found.");
        Response.Status done = Response.Status.COMPLETED;
        assertThat(McpServers.endsUnspoken(WeatherCalls.response("r1", done, call)))
                .isTrue();
        assertThat(McpServers.endsUnspoken(WeatherCalls.response("r1", done, words, call)))
                .isTrue();
        assertThat(McpServers.endsUnspoken(WeatherCalls.response("r1", done, call, words)))
                .isFalse();
        assertThat(McpServers.endsUnspoken(WeatherCalls.response("r1", done))).isFalse();
    }

    @Test
    void theEndFailsWhoWaits() {
        tools("docs");
        CompletableFuture<@Nullable Void> ready = ready();
        servers.end(new IllegalStateException("over"));
        tasks.runAll();
        assertFailed(ready, "over");
    }
}
