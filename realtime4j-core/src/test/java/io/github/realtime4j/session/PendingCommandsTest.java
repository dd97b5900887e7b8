package io.github.realtime4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ConversationEvent;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.OutputAudioBufferEvent;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.Session;
import io.github.realtime4j.protocol.SessionEvent;
import io.github.realtime4j.session.PendingCommands.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PendingCommandsTest {
    private final ManualScheduler time = new ManualScheduler();
    private final QueuedTasks tasks = new QueuedTasks();
    private final PendingCommands commands = new PendingCommands(
            tasks,
            this::after,
            Duration.ofSeconds(10),
            error -> new IllegalStateException("refused: " + error.message()),
            (type, patience) -> new IllegalStateException(type + " not answered in " + patience));

    private Deadlines.Deadline after(Duration delay, Runnable task) {
        ScheduledFuture<?> timer = time.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }

    private void acknowledge(ServerEvent event) {
        commands.acknowledge(event);
        tasks.runAll();
    }

    private boolean refuse(@Nullable ErrorCode code, @Nullable String eventId, String message) {
        boolean known = commands.refuse(new ErrorDetail("invalid_request_error", code, message, null, eventId));
        tasks.runAll();
        return known;
    }

    private static void assertFailed(CompletableFuture<?> future, String message) {
        assertThat(future)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .withMessage(message);
    }

    private static Item.Message text(@Nullable String id, String text) {
        Item.Message message = Item.userText(text);
        return id == null ? message : message.id(id);
    }

    private static ConversationEvent.ItemAdded added(Item item) {
        return new ConversationEvent.ItemAdded(null, null, item);
    }

    private static SessionEvent.Updated updated(String instructions) {
        return new SessionEvent.Updated(
                null,
                new Session(
                        null,
                        null,
                        null,
                        null,
                        null,
                        instructions,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        JsonObject.EMPTY));
    }

    @Test
    void aTurnThatTheServerEndsItselfAnswersNoCommit() {
        CompletableFuture<String> commit = commands.commit("e1");
        commands.acknowledge(new InputAudioBufferEvent.SpeechStarted(null, 0, "i1"));
        commands.acknowledge(new InputAudioBufferEvent.SpeechStopped(null, 500, "i1"));
        commands.acknowledge(new InputAudioBufferEvent.Committed(null, null, "i1"));
        tasks.runAll();
        assertThat(commit).isNotDone();
        commands.acknowledge(new InputAudioBufferEvent.SpeechStarted(null, 900, "i2"));
        commands.acknowledge(new InputAudioBufferEvent.Committed(null, "i1", "i2"));
        tasks.runAll();
        assertThat(commit).isCompletedWithValue("i2");
    }

    @Test
    void anAcknowledgementCompletesWithWhatTheServerHas() {
        CompletableFuture<Item> create = commands.create("e1", text("i1", "hello"));
        CompletableFuture<Item> retrieve = commands.retrieve("e2", "i2");
        CompletableFuture<String> commit = commands.commit("e3");
        Item.Message theirs = text("i1", "Hello");
        acknowledge(added(theirs));
        acknowledge(new ConversationEvent.ItemRetrieved(null, text("i2", "two")));
        acknowledge(new InputAudioBufferEvent.Committed(null, null, "i3"));
        assertThat(create).isCompletedWithValue(theirs);
        assertThat(retrieve).isCompletedWithValue(text("i2", "two"));
        assertThat(commit).isCompletedWithValue("i3");
        assertThat(commands.size()).isZero();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void theOlderEventOfCompatibleServersAcknowledgesACreateToo() {
        CompletableFuture<Item> create = commands.create("e1", text("i1", "hello"));
        acknowledge(new ConversationEvent.ItemCreated(null, null, text("i1", "hello")));
        assertThat(create).isCompletedWithValue(text("i1", "hello"));
    }

    @Test
    void updatesAreAnsweredInTheOrderOfSending() {
        CompletableFuture<Session> first = commands.update("e1");
        CompletableFuture<Session> second = commands.update("e2");
        acknowledge(updated("one"));
        assertThat(first.join().instructions()).isEqualTo("one");
        assertThat(second).isNotDone();
        acknowledge(updated("two"));
        assertThat(second.join().instructions()).isEqualTo("two");
        acknowledge(updated("three"));
        assertThat(commands.size()).isZero();
    }

    @Test
    void commandsAboutItemsAreAnsweredByTheItemNotByTheOrder() {
        CompletableFuture<?> first = commands.command("e1", Kind.ITEM_DELETE, "i1");
        CompletableFuture<?> second = commands.command("e2", Kind.ITEM_DELETE, "i2");
        CompletableFuture<?> truncate = commands.command("e3", Kind.ITEM_TRUNCATE, "i2");
        acknowledge(new ConversationEvent.ItemDeleted(null, "i2"));
        assertThat(second).isCompleted();
        assertThat(first).isNotDone();
        assertThat(truncate).isNotDone();
        acknowledge(new ConversationEvent.ItemTruncated(null, "i1", 0, 0));
        assertThat(truncate).isNotDone();
        acknowledge(new ConversationEvent.ItemTruncated(null, "i2", 0, 0));
        assertThat(truncate).isCompleted();
    }

    @Test
    void theSameItemAskedForTwiceIsAnsweredTwice() {
        CompletableFuture<Item> first = commands.retrieve("e1", "i1");
        CompletableFuture<Item> second = commands.retrieve("e2", "i1");
        acknowledge(new ConversationEvent.ItemRetrieved(null, text("i1", "one")));
        assertThat(first).isCompleted();
        assertThat(second).isNotDone();
        acknowledge(new ConversationEvent.ItemRetrieved(null, text("i1", "one")));
        assertThat(second).isCompleted();
    }

    @Test
    void clearsAreToldApart() {
        CompletableFuture<?> input = commands.command("e1", Kind.INPUT_CLEAR, null);
        CompletableFuture<?> output = commands.command("e2", Kind.OUTPUT_CLEAR, null);
        acknowledge(new OutputAudioBufferEvent.Cleared(null, "r1"));
        assertThat(input).isNotDone();
        assertThat(output).isCompleted();
        acknowledge(new InputAudioBufferEvent.Cleared(null));
        assertThat(input).isCompleted();
    }

    @Test
    void anItemThatTheServerGaveAnIdOfItsOwnIsKnownByWhatItSays() {
        CompletableFuture<Item> message = commands.create("e1", text("i1", "hello"));
        CompletableFuture<Item> output =
                commands.create("e2", new Item.FunctionCallOutput("i2", null, "call_1", "{}", JsonObject.EMPTY));
        acknowledge(added(Item.functionCallOutput("call_1", "")));
        assertThat(output).isCompleted();
        acknowledge(added(text("theirs", "bye")));
        acknowledge(added(Item.assistantText("hello")));
        assertThat(message).isNotDone();
        acknowledge(added(text("theirs", "hello")));
        assertThat(message).isCompleted();
    }

    @Test
    void anItemOfAnothersMakingAcknowledgesNothing() {
        CompletableFuture<Item> audio = commands.create("e1", text("i1", ""));
        acknowledge(added(text("theirs", "")));
        assertThat(audio).isNotDone();
    }

    @Test
    void anErrorFailsTheCommandThatItNames() {
        CompletableFuture<Session> first = commands.update("e1");
        CompletableFuture<Session> second = commands.update("e2");
        assertThat(refuse(ErrorCode.INVALID_VALUE, "e2", "No.")).isTrue();
        assertFailed(second, "refused: No.");
        assertThat(first).isNotDone();
        acknowledge(updated("one"));
        assertThat(first).isCompleted();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void errorForAnotherEventFailsNothing() {
        CompletableFuture<Session> update = commands.update("e1");
        assertThat(refuse(ErrorCode.CANNOT_UPDATE_VOICE, "e9", "No.")).isFalse();
        assertThat(update).isNotDone();
    }

    @Test
    void anErrorWithoutANameIsAboutTheOneCommandOfItsKind() {
        CompletableFuture<String> commit = commands.commit("e1");
        CompletableFuture<Session> update = commands.update("e2");
        assertThat(refuse(ErrorCode.INVALID_VALUE, null, "No.")).isFalse();
        assertThat(refuse(null, null, "No.")).isFalse();
        assertThat(refuse(ErrorCode.INPUT_AUDIO_BUFFER_COMMIT_EMPTY, null, "No."))
                .isTrue();
        assertFailed(commit, "refused: No.");
        assertThat(update).isNotDone();
    }

    @Test
    void ofSeveralCommandsItIsAboutTheOneWhoseItemTheMessageNames() {
        CompletableFuture<Item> first = commands.create("e1", text("item_1", "one"));
        CompletableFuture<Item> tenth = commands.create("e2", text("item_10", "ten"));
        String message = "Error adding item: an item with id 'item_10' already exists.";
        assertThat(refuse(ErrorCode.ITEM_CREATE_DUPLICATE_ITEM_ID, null, "Who knows?"))
                .isFalse();
        assertThat(refuse(ErrorCode.ITEM_CREATE_DUPLICATE_ITEM_ID, null, message))
                .isTrue();
        assertFailed(tenth, "refused: " + message);
        assertThat(first).isNotDone();
    }

    @Test
    void unansweredItFailsAndALateAnswerDoesNothing() {
        CompletableFuture<Item> create = commands.create("e1", text("i1", "one"));
        time.advance(Duration.ofMillis(9_999));
        tasks.runAll();
        assertThat(create).isNotDone();
        time.advance(Duration.ofMillis(1));
        tasks.runAll();
        assertFailed(create, "conversation.item.create not answered in PT10S");
        assertThat(commands.size()).isZero();
        acknowledge(added(text("i1", "one")));
        assertThat(refuse(ErrorCode.INVALID_VALUE, "e1", "No.")).isFalse();
    }

    @Test
    void theEndFailsAllThatIsPending() {
        CompletableFuture<Session> update = commands.update("e1");
        CompletableFuture<String> commit = commands.commit("e2");
        commands.end(new IllegalStateException("over"));
        tasks.runAll();
        assertFailed(update, "over");
        assertFailed(commit, "over");
        assertThat(time.waiting()).isZero();
    }

    @Test
    void futuresCompleteOnTheExecutorOnly() {
        CompletableFuture<String> commit = commands.commit("e1");
        commands.acknowledge(new InputAudioBufferEvent.Committed(null, null, "i1"));
        assertThat(commit).isNotDone();
        tasks.runAll();
        assertThat(commit).isCompletedWithValue("i1");
        CompletableFuture<String> refused = commands.commit("e2");
        commands.refuse(new ErrorDetail(null, null, "No.", null, "e2"));
        assertThat(refused).isNotDone();
        tasks.runAll();
        assertThat(refused).isCompletedExceptionally();
    }
}
