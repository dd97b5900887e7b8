package io.github.realtime4j.cli.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Tool;
import org.junit.jupiter.api.Test;

final class FunctionToolTest {
    private final FunctionTool tool =
            new FunctionTool(new Tool.Function("echo", "Says it again", JsonObject.EMPTY), arguments -> {
                if (arguments.isEmpty()) {
                    throw new IllegalArgumentException("nothing to say");
                }
                return arguments;
            });

    @Test
    void whatGoesWrongIsAnOutputThatAModelCanRead() {
        assertThat(tool.call("{\"word\":\"Hi\"}")).isEqualTo("{\"word\":\"Hi\"}");
        assertThat(tool.call("{}")).isEqualTo("{\"error\":\"nothing to say\"}");
        assertThat(tool.call("")).isEqualTo("{\"error\":\"nothing to say\"}");
        assertThat(tool.call("{\"word\":")).contains("not a JSON object");
    }
}
