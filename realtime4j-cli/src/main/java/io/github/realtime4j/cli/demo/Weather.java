package io.github.realtime4j.cli.demo;

import io.github.realtime4j.cli.voice.FunctionTool;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Tool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The function that the demo's model calls. It runs in Java, and its weather never changes. */
public final class Weather {
    static final String NAME = "get_weather";

    private Weather() {}

    public static FunctionTool tool() {
        JsonObject parameters = JsonObject.of(
                "type", "object",
                "properties", JsonObject.of("city", JsonObject.of("type", "string", "description", "Name of a city")),
                "required", List.of("city"));
        Tool.Function definition = new Tool.Function(NAME, "The weather in a city, now.", parameters);
        return new FunctionTool(definition, arguments -> in(arguments.string("city")));
    }

    private static JsonObject in(@Nullable String city) {
        if (city == null) {
            throw new IllegalArgumentException("Expected a city");
        }
        return JsonObject.of("city", city, "temperature", 18, "unit", "celsius", "sky", "light rain");
    }
}
