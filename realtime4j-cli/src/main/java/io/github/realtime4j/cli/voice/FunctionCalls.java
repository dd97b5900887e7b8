package io.github.realtime4j.cli.voice;

import io.github.realtime4j.RealtimeConnection;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Response;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the functions that a response calls, off the conversation's thread, and sends their outputs; when the last one has
 * answered, one response is wanted. Confined to the conversation's thread.
 */
final class FunctionCalls implements AutoCloseable {
    private final RealtimeConnection connection;
    private final List<FunctionTool> tools;
    private final Consumer<Moment> listener;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private int running;
    private boolean answerWanted;
    private @Nullable ExecutorService threads;

    FunctionCalls(RealtimeConnection connection, List<FunctionTool> tools, Consumer<Moment> listener) {
        this.connection = connection;
        this.tools = tools;
        this.listener = listener;
    }

    /** What a function has returned. */
    private record Answer(String callId, String name, String output) {}

    void run(long now, Response response) {
        for (Item item : response.output()) {
            if (item instanceof Item.FunctionCall call && Item.Status.COMPLETED.equals(call.status())) {
                run(now, call);
            }
        }
    }

    private void run(long now, Item.FunctionCall call) {
        String callId = String.valueOf(call.callId());
        listener.accept(new Moment.ToolCalled(now, callId, call.name(), call.arguments()));
        running++;
        if (threads == null) {
            threads = Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "realtime-tool");
                thread.setDaemon(true);
                return thread;
            });
        }
        threads.execute(() -> answers.add(answer(callId, call.name(), call.arguments())));
    }

    private Answer answer(String callId, String name, String arguments) {
        String output = tools.stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .map(tool -> tool.call(arguments))
                .orElseGet(() ->
                        JsonObject.of("error", "There is no function " + name).toString());
        return new Answer(callId, name, output);
    }

    /** Sends what has been answered since. */
    void deliver(long now) {
        for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
            listener.accept(new Moment.ToolAnswered(now, answer.callId, answer.name, answer.output));
            connection.send(
                    new ClientEvent.ConversationItemCreate(Item.functionCallOutput(answer.callId, answer.output)));
            running--;
            answerWanted = true;
        }
    }

    /** Whether a function runs, or has answered and the server does not know yet that it is to go on. */
    boolean isBusy() {
        return answerWanted || running > 0;
    }

    boolean wantsAnswer() {
        return answerWanted && running == 0;
    }

    /** The next response sees the outputs. */
    void answerAsked() {
        answerWanted = false;
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
