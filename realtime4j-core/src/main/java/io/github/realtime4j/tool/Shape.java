package io.github.realtime4j.tool;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One type of argument: what the model is told of it and how it is read, in one place so that both agree. Immutable.
 *
 * <p>This is not the codec's binding, which reads a stream, forgives what it does not know and stops at the first thing
 * wrong: here nothing is forgiven, and the model is told everything at once.
 */
interface Shape {
    JsonObject schema();

    /** The Java value, or null when something was wrong, which is then among the problems. */
    @Nullable
    Object read(JsonValue json, String path, Problems problems);
}
