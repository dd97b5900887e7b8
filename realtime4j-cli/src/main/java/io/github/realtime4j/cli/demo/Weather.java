package io.github.realtime4j.cli.demo;

import io.github.realtime4j.tool.Description;
import io.github.realtime4j.tool.FunctionTool;

/** The function that the demo's model calls. It runs in Java, and its weather never changes. */
public final class Weather {
    public static final FunctionTool<Query> TOOL =
            FunctionTool.of("get_weather", "The weather in a city, now.", Query.class);

    private Weather() {}

    /** What the model asks. */
    public record Query(@Description("Name of a city") String city) {}

    /** What it is told. */
    public record Report(String city, int temperature, String unit, String sky) {}

    public static Report in(Query query) {
        return new Report(query.city, 18, "celsius", "light rain");
    }
}
