package io.github.realtime4j.server;

import io.github.realtime4j.server.respond.Conversationalist;
import java.time.Clock;
import java.time.ZoneId;

/**
 * Answers any text with simple rules, the same to the same: greetings, time and date, sums, counting, spelling, stories
 * and jokes, what was said before, images by their size, speech without words by its length. Instructions for a few
 * words, one sentence or exact words are kept. Tools are called when the user's words fit their names and descriptions,
 * with arguments that their schema allows, and their outputs are put into sentences. It knows nothing else, and says so.
 *
 * <p>Safe for concurrent use; it keeps no state.
 */
public final class RuleBasedResponder implements Responder {
    private final Conversationalist conversationalist;

    /** With this machine's clock and time zone. */
    public RuleBasedResponder() {
        this(Clock.system(ZoneId.systemDefault()));
    }

    public RuleBasedResponder(Clock clock) {
        this.conversationalist = new Conversationalist(clock);
    }

    @Override
    public Reply respond(ResponseRequest request) {
        return conversationalist.respond(request);
    }
}
