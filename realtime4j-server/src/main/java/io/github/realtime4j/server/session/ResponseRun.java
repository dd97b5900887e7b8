package io.github.realtime4j.server.session;

import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.server.Reply;
import io.github.realtime4j.server.Reply.Output;
import io.github.realtime4j.server.speech.SpeechChunk;
import io.github.realtime4j.server.validation.ServiceErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One response from {@code response.created} to {@code response.done}, at the pace of the server and no faster than the
 * client reads. Confined to the session's loop.
 */
final class ResponseRun {
    private static final Logger log = LoggerFactory.getLogger(ResponseRun.class);

    /** Events in a row before the session looks at what else has come in. */
    private static final int BURST = 16;

    private final SessionScope scope;
    private final Responses responses;
    private final ResponseSettings settings;
    private final ResponseUsage usage;
    private final @Nullable String approvalRequestId;
    private final String id;
    private final Queue<Output> waiting = new ArrayDeque<>();
    private final List<OutputItem> items = new ArrayList<>();
    private @Nullable Reply reply;
    private @Nullable OutputItem current;

    /** Said, and not closed before the call that follows has been made. */
    private @Nullable OutputItem open;

    private Instant due;
    private boolean answered;
    private boolean scheduled;
    private boolean cut;
    private boolean stalled;
    private boolean done;

    ResponseRun(
            Responses responses,
            SessionScope scope,
            ResponseSettings settings,
            ResponseUsage usage,
            @Nullable String approvalRequestId) {
        this.responses = responses;
        this.scope = scope;
        this.settings = settings;
        this.usage = usage;
        this.approvalRequestId = approvalRequestId;
        this.id = scope.ids.response();
        this.due = scope.server.time().instant();
    }

    String id() {
        return id;
    }

    SessionScope scope() {
        return scope;
    }

    ResponseSettings settings() {
        return settings;
    }

    boolean isInConversation() {
        return settings.inConversation();
    }

    boolean isDone() {
        return done;
    }

    void created() {
        scope.out.send("response.created", "response", json("in_progress", null, null));
    }

    /** What the model says. */
    void answer(Reply what, Duration thinking) {
        if (done || answered) {
            return;
        }
        answered = true;
        reply = what;
        waiting.addAll(what.outputs());
        pause(thinking);
        goOn();
    }

    /** A worker threw something. */
    void broke(Throwable failure) {
        log.warn("Response {} failed: {}", id, failure.toString());
        fail(ServiceErrors.serverError(String.valueOf(scope.settings.echo().string("id"))));
    }

    private void fail(ErrorDetail error) {
        if (!done) {
            closeAll("incomplete");
            finish("failed", JsonObject.of("type", "failed", "error", errorJson(error)));
        }
    }

    private static JsonObject errorJson(ErrorDetail error) {
        JsonObject json = JsonObject.of("type", error.type());
        json = error.code() == null ? json : json.with("code", error.code().value());
        return error.message() == null ? json : json.with("message", error.message());
    }

    /** @param reason {@code turn_detected} or {@code client_cancelled} */
    void cancel(String reason) {
        if (!done) {
            closeAll("incomplete");
            finish("cancelled", JsonObject.of("type", "cancelled", "reason", reason));
        }
    }

    /** Says what can be said now; comes back by itself when time has passed. */
    void goOn() {
        if (scheduled) {
            return;
        }
        for (int i = 0; i < BURST; i++) {
            if (done || stalled || !answered || !scope.out.isWritable()) {
                return;
            }
            Duration wait = Duration.between(scope.server.time().instant(), due);
            if (!wait.isNegative() && !wait.isZero()) {
                scheduled = true;
                scope.after(wait, this::awake);
                return;
            }
            if (!step()) {
                return;
            }
        }
        scheduled = true;
        scope.loop.execute(this::awake);
    }

    private void awake() {
        scheduled = false;
        if (!scope.isEnded()) {
            goOn();
        }
    }

    private void pause(Duration pause) {
        Instant now = scope.server.time().instant();
        due = (due.isBefore(now) ? now : due).plus(pause);
    }

    /** False if there is something to wait for, or nothing more to do. */
    private boolean step() {
        OutputItem item = current;
        if (item == null) {
            Output next = cut ? null : waiting.poll();
            if (next == null) {
                ended();
                return false;
            }
            if (next instanceof Output.Stall) {
                stalled = true;
                return false;
            }
            item = outputItem(next);
            items.add(item);
            current = item;
            item.open();
            return true;
        }
        Step step = item.step();
        if (step instanceof Step.Sent sent) {
            if (!sent.pause().isZero()) {
                pause(sent.pause());
            }
            return true;
        } else if (step == Step.END) {
            itemEnded(item);
            return true;
        }
        return false;
    }

    private OutputItem outputItem(Output output) {
        int index = items.size();
        if (output instanceof Output.FunctionCall call) {
            return new CalledFunction(this, index, call);
        } else if (output instanceof Output.McpCall call) {
            return approvalRequestId == null && McpTools.wantsApproval(settings.tools(), call)
                    ? new AskedApproval(this, index, call)
                    : new CalledMcpTool(this, index, call, approvalRequestId);
        }
        if (output instanceof Output.Speech speech) {
            SpeechChunk chunk = new SpeechChunk(speech.transcript(), speech.audio());
            return settings.isSpoken()
                    ? new SpokenMessage(this, index, List.of(chunk).iterator(), phase(null))
                    : new WrittenMessage(this, index, speech.transcript(), phase(null));
        }
        Output.Message message = (Output.Message) output;
        String phase = phase(message.phase());
        return settings.isSpoken()
                ? new SpokenMessage(this, index, message.text(), phase)
                : new WrittenMessage(this, index, message.text(), phase);
    }

    private @Nullable String phase(@Nullable String given) {
        if (given != null || !scope.settings.model().reasoning()) {
            return given;
        }
        return nextIsCall() ? "commentary" : "final_answer";
    }

    private boolean nextIsCall() {
        return waiting.peek() instanceof Output.FunctionCall || waiting.peek() instanceof Output.McpCall;
    }

    private void itemEnded(OutputItem item) {
        current = null;
        if (!cut && item.staysOpenForCall() && nextIsCall()) {
            open = item;
            return;
        }
        if (open != null) {
            open.close("completed");
            open = null;
        }
        boolean incomplete = cut || (waiting.isEmpty() && reply != null && reply.incomplete() != null);
        item.close(incomplete ? "incomplete" : "completed");
    }

    private void ended() {
        Reply said = reply;
        if (said != null && said.failure() != null) {
            fail(said.failure());
            return;
        }
        String incomplete = cut ? "max_output_tokens" : said == null ? null : said.incomplete();
        if (incomplete == null) {
            finish("completed", null);
        } else {
            finish("incomplete", JsonObject.of("type", "incomplete", "reason", incomplete));
        }
    }

    private void closeAll(String status) {
        if (open != null) {
            open.close("completed");
            open = null;
        }
        if (current != null) {
            current.close(status);
            current = null;
        }
    }

    private void finish(String status, @Nullable JsonObject details) {
        done = true;
        boolean counted = !items.isEmpty() || status.equals("completed");
        JsonObject tokens = counted ? usage.bill(items, status.equals("cancelled")) : ResponseUsage.nothing();
        scope.out.send("response.done", "response", json(status, details, tokens));
        responses.finished(this, counted);
    }

    /** False if the response may not say this any more. */
    boolean spendText(String piece) {
        return spend(usage.text(piece));
    }

    /** False if the response may not say this any more. */
    boolean spendAudio(long millis) {
        return spend(usage.audio(millis));
    }

    private boolean spend(boolean within) {
        cut |= !within;
        return within;
    }

    ResponseUsage usage() {
        return usage;
    }

    /** How long the speech of this response plays. */
    Duration playback() {
        long millis = 0;
        for (OutputItem item : items) {
            millis += item.audioMillis();
        }
        return Duration.ofMillis(millis);
    }

    private JsonObject json(String status, @Nullable JsonObject details, @Nullable JsonObject tokens) {
        List<JsonObject> output = new ArrayList<>();
        if (!status.equals("in_progress")) {
            items.forEach(item -> output.add(item.finished()));
        }
        JsonObject audio =
                JsonObject.of("output", JsonObject.of("format", settings.format(), "voice", settings.voice()));
        @Nullable
        Object[] members = {
            "object",
            "realtime.response",
            "id",
            id,
            "status",
            status,
            "status_details",
            details,
            "output",
            new JsonArray(List.copyOf(output)),
            "conversation_id",
            isInConversation() ? scope.conversationId : null,
            "output_modalities",
            settings.modalities(),
            "max_output_tokens",
            settings.maxOutputTokens(),
            "audio",
            audio,
            "usage",
            tokens,
            "metadata",
            settings.metadata()
        };
        return JsonObject.of(members);
    }
}
