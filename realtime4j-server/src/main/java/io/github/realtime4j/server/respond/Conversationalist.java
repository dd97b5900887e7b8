package io.github.realtime4j.server.respond;

import io.github.realtime4j.server.Reply;
import io.github.realtime4j.server.Reply.Output;
import io.github.realtime4j.server.ResponseRequest;
import io.github.realtime4j.server.respond.Turn.ToolOutput;
import io.github.realtime4j.server.usage.Models;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the rules in order; the first that knows an answer gives it. */
public final class Conversationalist {
    private final Clock clock;
    private final List<Answer.Rule> rules;

    public Conversationalist(Clock clock) {
        this.clock = clock;
        this.rules = List.of(
                Classification::answer,
                Conversationalist::literal,
                Sight::answer,
                Recital::answer,
                Memory::answer,
                new ClockAnswers(clock),
                Arithmetic::answer,
                SmallTalk::answer,
                Recital::say);
    }

    public Reply respond(ResponseRequest request) {
        Turn turn = Turn.of(request);
        List<Output> calls = new ToolPlan(turn, clock).calls();
        if (!calls.isEmpty()) {
            return new Reply(calls, null, null);
        }
        String phase = Models.realtime(request.model().value()).reasoning() ? "final_answer" : null;
        return Reply.of(new Output.Message(text(turn), phase));
    }

    private String text(Turn turn) {
        Manner manner = new Manner(turn.instructions());
        String literal = manner.literal();
        return literal != null ? literal : manner.apply(answer(turn));
    }

    private Answer answer(Turn turn) {
        if (!turn.outputs().isEmpty()) {
            return new Answer(spoken(turn.outputs()));
        }
        if (!turn.called().isEmpty()) {
            return new Answer("One moment, please.");
        }
        if (turn.hasOwnInstructions() && turn.words().isEmpty()) {
            Answer directed = first(turn.withWords(turn.instructions()));
            return directed == null ? Reflection.answer(turn) : directed;
        }
        Answer answer = first(turn);
        return answer == null ? Reflection.answer(turn) : answer;
    }

    private @Nullable Answer first(Turn turn) {
        for (Answer.Rule rule : rules) {
            Answer answer = rule.answer(turn);
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }

    private static @Nullable Answer literal(Turn turn) {
        String literal = new Manner(turn.words()).literal();
        return literal == null ? null : new Answer(literal);
    }

    private static String spoken(List<ToolOutput> outputs) {
        if (outputs.size() == 1) {
            return SpokenJson.sentence(outputs.get(0).output());
        }
        return outputs.stream()
                .map(each -> SpokenJson.subject(each.arguments()) + SpokenJson.sentence(each.output()))
                .reduce((one, other) -> one + " " + other)
                .orElse("");
    }
}
