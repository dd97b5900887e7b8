package io.github.realtime4j.cli.voice;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.MalformedJsonException;
import io.github.realtime4j.protocol.Tool;
import java.util.function.Function;

/**
 * A function in Java that the model may call.
 *
 * @param definition what the model is told
 * @param function arguments to result; may block
 */
public record FunctionTool(Tool.Function definition, Function<JsonObject, JsonValue> function) {

    public String name() {
        return String.valueOf(definition.name());
    }

    /** Runs the function; what goes wrong becomes an output that the model can read. */
    public String call(String arguments) {
        try {
            return function.apply(JsonObject.parse(arguments.isBlank() ? "{}" : arguments))
                    .toString();
        } catch (MalformedJsonException e) {
            return JsonObject.of("error", "The arguments are not a JSON object").toString();
        } catch (RuntimeException e) {
            return JsonObject.of("error", String.valueOf(e.getMessage())).toString();
        }
    }
}
