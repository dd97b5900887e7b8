package io.github.realtime4j.server.session;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.RateLimitsUpdated;
import io.github.realtime4j.server.Reply;
import io.github.realtime4j.server.ResponseRequest;
import io.github.realtime4j.server.usage.Context;
import io.github.realtime4j.server.usage.RateLimits;
import io.github.realtime4j.server.usage.UsageMeter;
import io.github.realtime4j.server.validation.ServiceErrors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * At most one response on the default conversation; any number, within reason, beside it. Confined to the session's loop.
 */
final class Responses {
    /** Out-of-band responses that may run at once. */
    private static final int MAX_OUT_OF_BAND = 64;

    private final SessionScope scope;
    private final Transcriptions transcriptions;
    private final UsageMeter meter;
    private final Map<String, ResponseRun> outOfBand = new LinkedHashMap<>();

    /** What starts by itself as soon as no response is active. */
    private final Queue<Runnable> queued = new ArrayDeque<>();

    private @Nullable ResponseRun active;
    private Consumer<ResponseRun> afterResponse = run -> {};

    Responses(SessionScope scope, Transcriptions transcriptions) {
        this.scope = scope;
        this.transcriptions = transcriptions;
        this.meter = new UsageMeter(scope.settings.model());
    }

    /** Told of each response of the default conversation when it is over. */
    void afterResponse(Consumer<ResponseRun> listener) {
        afterResponse = listener;
    }

    boolean isActive() {
        return active != null;
    }

    /** {@code response.create}. */
    @Nullable
    ErrorDetail create(JsonObject config) {
        ResponseSettings settings = ResponseSettings.of(scope.settings, config);
        if (settings.inConversation() && active != null) {
            return ServiceErrors.activeResponse(active.id());
        } else if (!settings.inConversation() && outOfBand.size() >= MAX_OUT_OF_BAND) {
            return ServiceErrors.activeResponse(outOfBand.keySet().iterator().next());
        }
        List<ConversationItem> context = new ArrayList<>();
        ErrorDetail problem = context(config, context);
        if (problem != null) {
            return problem;
        }
        Context measured = measure(settings, context);
        if (measured.tooLong()) {
            return ServiceErrors.conversationTooLong();
        }
        ResponseRun run = start(settings, measured, null);
        answer(run, context.subList(measured.dropped(), context.size()));
        return null;
    }

    /** A turn has ended, or nobody has said anything for a while. Waits for its turn if a response is active. */
    void createForTurn() {
        if (active == null) {
            scope.refuse(create(JsonObject.EMPTY));
        } else if (queued.isEmpty()) {
            queued.add(() -> scope.refuse(create(JsonObject.EMPTY)));
        }
    }

    /** A call that the client has allowed. */
    void createFor(Reply reply, String approvalRequestId) {
        if (active != null) {
            queued.add(() -> createFor(reply, approvalRequestId));
            return;
        }
        ResponseSettings settings = ResponseSettings.of(scope.settings, JsonObject.EMPTY);
        ResponseRun run = start(settings, measure(settings, conversation()), approvalRequestId);
        run.answer(reply, scope.server.pacing().firstDelta());
    }

    private Context measure(ResponseSettings settings, List<ConversationItem> context) {
        return meter.measure(
                settings.instructions(),
                ModelView.tools(settings.tools()),
                context.stream().map(ModelView::weighed).toList(),
                ModelView.truncation(scope.settings.truncation()));
    }

    private ResponseRun start(ResponseSettings settings, Context context, @Nullable String approvalRequestId) {
        int limit = Math.min(settings.maxTokens(), scope.settings.model().maxOutputTokens());
        ResponseUsage usage = new ResponseUsage(meter, context, limit);
        ResponseRun run = new ResponseRun(this, scope, settings, usage, approvalRequestId);
        if (settings.inConversation()) {
            active = run;
        } else {
            outOfBand.put(run.id(), run);
        }
        run.created();
        return run;
    }

    private @Nullable ErrorDetail context(JsonObject config, List<ConversationItem> context) {
        if (!Members.isSet(config, "input")) {
            context.addAll(conversation());
            return null;
        }
        int index = 0;
        for (JsonValue value : config.array("input")) {
            JsonObject given = value instanceof JsonObject object ? object : JsonObject.EMPTY;
            if ("item_reference".equals(given.string("type"))) {
                String id = String.valueOf(given.string("id"));
                ConversationItem item = scope.items.find(id);
                if (item == null) {
                    return ServiceErrors.unknownReferencedItem(id, index);
                }
                context.add(item);
            } else {
                context.add(NewItem.of(given, scope));
            }
            index++;
        }
        return null;
    }

    private List<ConversationItem> conversation() {
        return List.copyOf(scope.items.all());
    }

    private void answer(ResponseRun run, List<ConversationItem> context) {
        Reply scripted = scope.server.script().poll();
        if (scripted != null) {
            run.answer(scripted, scope.server.pacing().firstDelta());
            return;
        }
        List<CompletableFuture<String>> speech = new ArrayList<>();
        for (ConversationItem each : context) {
            if ("user".equals(each.json().string("role")) && each.isUnheard()) {
                speech.add(transcriptions.hear(each));
            }
        }
        CompletableFuture<?>[] all = speech.toArray(CompletableFuture<?>[]::new);
        var unused = CompletableFuture.allOf(all).whenComplete((heard, failure) -> ask(run, context));
    }

    private void ask(ResponseRun run, List<ConversationItem> context) {
        if (run.isDone()) {
            return;
        }
        List<JsonObject> seen = context.stream().map(ConversationItem::asHeard).toList();
        ResponseRequest request = ModelView.request(run.id(), scope.settings, run.settings(), seen);
        scope.work(
                () -> scope.server.responder().respond(request),
                reply -> run.answer(reply, scope.server.pacing().firstDelta()),
                run::broke);
    }

    /** {@code response.cancel}. */
    @Nullable
    ErrorDetail cancel(@Nullable String responseId) {
        ResponseRun run = active;
        if (responseId != null && (run == null || !run.id().equals(responseId))) {
            run = outOfBand.get(responseId);
        }
        if (run == null) {
            return ServiceErrors.cancelNotActive();
        }
        run.cancel("client_cancelled");
        return null;
    }

    /** The user has begun to speak. */
    void interrupt() {
        queued.clear();
        if (active != null) {
            active.cancel("turn_detected");
        }
    }

    /** @param counted whether anything was produced */
    void finished(ResponseRun run, boolean counted) {
        outOfBand.remove(run.id());
        if (counted) {
            tellRateLimits(run.usage().total());
        }
        scope.output.responseDone(run.id());
        if (active != run) {
            return;
        }
        active = null;
        afterResponse.accept(run);
        while (active == null && !queued.isEmpty()) {
            queued.remove().run();
        }
    }

    private void tellRateLimits(int tokens) {
        RateLimits limits = scope.server.rateLimits();
        limits.take(tokens);
        List<JsonObject> entries = new ArrayList<>();
        for (RateLimitsUpdated.RateLimit entry : limits.entries()) {
            entries.add(JsonObject.of(
                    "name",
                    entry.name(),
                    "limit",
                    entry.limit(),
                    "remaining",
                    entry.remaining(),
                    "reset_seconds",
                    entry.resetSeconds()));
        }
        scope.out.send("rate_limits.updated", "rate_limits", entries);
    }

    /** The client reads again. */
    void goOn() {
        if (active != null) {
            active.goOn();
        }
        List.copyOf(outOfBand.values()).forEach(ResponseRun::goOn);
    }
}
