package io.github.realtime4j.session;

import io.github.realtime4j.protocol.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Remembers what function calls ask of their session, as one line each. */
final class RecordedHost implements FunctionCalls.Host {
    private final List<String> lines = new ArrayList<>();
    private final List<CompletableFuture<Void>> acknowledgements = new ArrayList<>();

    @Override
    public CompletionStage<?> add(Item item) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        synchronized (lines) {
            acknowledgements.add(acknowledged);
        }
        if (item instanceof Item.FunctionCallOutput output) {
            line("output " + output.callId() + " " + output.output());
        } else if (item instanceof Item.FunctionCall call) {
            line("call " + call.callId() + " " + call.name() + " " + call.arguments());
        } else {
            line("item " + item);
        }
        return acknowledged;
    }

    @Override
    public void followUp(String responseId) {
        line("followUp " + responseId);
    }

    @Override
    public void followUpWhenIdle() {
        line("followUpWhenIdle");
    }

    @Override
    public void finished(FunctionCalls.Report report) {
        line("finished " + report.name() + " " + report.callId() + " " + report.took() + " " + report.result());
    }

    @Override
    public void problem(Throwable problem) {
        line("problem " + problem);
    }

    private void line(String line) {
        synchronized (lines) {
            lines.add(line);
        }
    }

    void refuse(int item, Throwable why) {
        acknowledgements.get(item).completeExceptionally(why);
    }

    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** What has been recorded since the last time. */
    List<String> take() {
        synchronized (lines) {
            List<String> taken = List.copyOf(lines);
            lines.clear();
            return taken;
        }
    }
}
