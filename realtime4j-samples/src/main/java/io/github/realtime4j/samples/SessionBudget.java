package io.github.realtime4j.samples;

import io.github.realtime4j.BudgetExceededException;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.SessionOptions;
import io.github.realtime4j.SessionState;
import io.github.realtime4j.usage.Budget;
import io.github.realtime4j.usage.SessionUsage;
import java.time.Duration;

/** A session that ends, in order, before it costs too much. */
public class SessionBudget {
    public static void main(String[] args) {
        SessionOptions frugal = SessionOptions.builder()
                .budget(Budget.UNLIMITED
                        .maxCost("0.50")
                        .maxDuration(Duration.ofMinutes(10))
                        .maxResponses(3))
                .build();
        try (RealtimeClient client = RealtimeClient.builder().build();
                RealtimeSession session = client.newSession(frugal).connect()) {
            while (session.state() == SessionState.OPEN) {
                System.out.println(session.ask("Tell me a joke.").join().text());
            }
            if (session.ended().join().cause() instanceof BudgetExceededException reached) {
                System.out.println(reached.getMessage());
            }
            SessionUsage used = session.usage();
            System.out.println(used.totalTokens() + " tokens, " + used.cost() + " USD");
        }
    }
}
