package io.github.realtime4j.tool;

import org.jspecify.annotations.Nullable;

/**
 * A {@link ToolHandler} that needs only the arguments.
 *
 * @param <A> the arguments
 */
@FunctionalInterface
public interface ToolFunction<A> {
    /**
     * @return what the model reads, as {@link ToolHandler#call} says
     * @throws Exception with a message that the model will read
     */
    @Nullable
    Object call(A arguments) throws Exception;
}
