package io.github.realtime4j.protocol;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/** Whether the service keeps a trace of the session; cannot change once on. */
public sealed interface Tracing {
    Tracing AUTO = new Named("auto");
    /** No trace; JSON {@code null} on the wire. */
    Tracing OFF = new Off();

    /** A trace with default names. */
    record Named(String value) implements Tracing {}

    /** A trace under names of one's own. */
    record Workflow(
            @Nullable String workflowName,
            @Nullable String groupId,
            @Nullable JsonObject metadata) implements Tracing {}

    /** See {@link #OFF}. */
    record Off() implements Tracing {}

    /** A form that this library does not know. */
    record Unknown(JsonValue json) implements Tracing {}
}
