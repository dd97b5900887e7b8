package io.github.realtime4j.cli.report;

import io.github.realtime4j.cli.voice.Moment;
import io.github.realtime4j.protocol.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who said what and when, which functions were called, and what it cost. Confined to one thread. */
public final class Dialogue implements Consumer<Moment> {
    private final Map<String, Turn> turns = new LinkedHashMap<>();
    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final List<Response> responses = new ArrayList<>();

    /** Who speaks. */
    public enum Speaker {
        USER,
        ASSISTANT
    }

    /**
     * One turn of one speaker. Times are milliseconds from the start.
     *
     * @param to null while it lasts
     * @param text what was said, as far as it was heard
     * @param unheard the rest of what was going to be said; empty unless interrupted
     * @param heardMillis of audio heard, for a turn that was interrupted; null otherwise
     * @param receivedMillis of audio that there was to hear; null unless interrupted
     */
    public record Turn(
            Speaker speaker,
            long from,
            @Nullable Long to,
            String text,
            String unheard,
            @Nullable Long heardMillis,
            @Nullable Long receivedMillis) {

        public boolean isInterrupted() {
            return heardMillis != null;
        }

        private Turn until(long end) {
            return new Turn(speaker, from, end, text, unheard, heardMillis, receivedMillis);
        }

        private Turn saying(String words) {
            return new Turn(speaker, from, to, words, unheard, heardMillis, receivedMillis);
        }
    }

    /**
     * One call of a function.
     *
     * @param answeredAt null while it runs
     * @param output JSON text; null while it runs
     */
    public record Call(
            long at,
            @Nullable Long answeredAt,
            String name,
            String arguments,
            @Nullable String output) {}

    @Override
    public void accept(Moment moment) {
        if (moment instanceof Moment.UserStarted started) {
            turns.put(started.itemId(), turn(Speaker.USER, started.at()));
        } else if (moment instanceof Moment.UserStopped stopped) {
            String words = turns.getOrDefault(stopped.itemId(), turn(Speaker.USER, 0)).text;
            turns.put(
                    stopped.itemId(),
                    turn(Speaker.USER, stopped.from()).until(stopped.to()).saying(words));
        } else if (moment instanceof Moment.UserSaid said) {
            turns.computeIfPresent(said.itemId(), (id, turn) -> turn.saying(said.transcript()));
        } else if (moment instanceof Moment.ToolCalled called) {
            calls.put(called.callId(), new Call(called.at(), null, called.name(), called.arguments(), null));
        } else if (moment instanceof Moment.ToolAnswered answered) {
            calls.computeIfPresent(
                    answered.callId(),
                    (id, call) -> new Call(call.at, answered.at(), call.name, call.arguments, answered.output()));
        } else if (moment instanceof Moment.ResponseDone done) {
            responses.add(done.response());
        } else {
            acceptAssistant(moment);
        }
    }

    private void acceptAssistant(Moment moment) {
        if (moment instanceof Moment.AssistantStarted started) {
            turns.put(started.itemId(), turn(Speaker.ASSISTANT, started.at()));
        } else if (moment instanceof Moment.AssistantFinished finished) {
            turns.computeIfPresent(
                    finished.itemId(), (id, turn) -> turn.until(finished.at()).saying(finished.transcript()));
        } else if (moment instanceof Moment.Interrupted cut) {
            turns.compute(
                    cut.itemId(),
                    (id, turn) -> new Turn(
                            Speaker.ASSISTANT,
                            turn == null ? cut.at() : turn.from,
                            cut.at(),
                            cut.heardText(),
                            cut.unheardText(),
                            cut.heardMillis(),
                            cut.receivedMillis()));
        }
    }

    private static Turn turn(Speaker speaker, long from) {
        return new Turn(speaker, from, null, "", "", null, null);
    }

    /** In the order in which they began. */
    public List<Turn> turns() {
        return List.copyOf(turns.values());
    }

    /** Turns of one speaker. */
    public List<Turn> turns(Speaker speaker) {
        return turns.values().stream().filter(turn -> turn.speaker == speaker).toList();
    }

    public List<Call> calls() {
        return List.copyOf(calls.values());
    }

    /** Finished responses. */
    public List<Response> responses() {
        return List.copyOf(responses);
    }

    /** Whether the assistant was ever interrupted in the middle. */
    public boolean hasInterruption() {
        return turns.values().stream().anyMatch(Turn::isInterrupted);
    }
}
