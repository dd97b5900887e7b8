package io.github.realtime4j;

import io.github.realtime4j.usage.Budget;

/** The session has used up what it was given, and has ended in order. The message says which limit it was. */
public final class BudgetExceededException extends RealtimeException {
    private static final long serialVersionUID = 1;

    private final transient Budget.Limit limit;

    BudgetExceededException(Budget.Limit limit) {
        super("The session has ended: " + limit.message(), null);
        this.limit = limit;
    }

    public Budget.Limit limit() {
        return limit;
    }
}
