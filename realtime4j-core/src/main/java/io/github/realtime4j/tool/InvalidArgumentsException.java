package io.github.realtime4j.tool;

import java.util.List;

/**
 * A call whose arguments do not fit its tool. The message is for the model: what was expected, what came and where, all
 * problems at once, such as {@code The arguments of get_weather do not fit: missing property at $.city; expected a number but
 * was "warm" at $.degrees}. Of the arguments it quotes at most short words.
 */
public final class InvalidArgumentsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String[] problems;

    InvalidArgumentsException(String tool, List<String> problems) {
        super("The arguments of " + tool + " do not fit: " + String.join("; ", problems));
        this.problems = problems.toArray(String[]::new);
    }

    /** Each problem by itself; the first few if there are many. */
    public List<String> problems() {
        return List.of(problems);
    }
}
