package io.github.realtime4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a tool returned, as the model reads it. */
final class OutputTextTest {
    private enum Sky {
        CLEAR,
        RAIN
    }

    private record Wind(int speed, Optional<String> from) {}

    private record Weather(
            double degreesCelsius, Sky sky, @Nullable String warning, Wind wind, Duration age) {}

    static Stream<Arguments> results() {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        map.put(Sky.RAIN, new Wind(3, Optional.empty()));
        map.put("none", null);
        return Stream.of(
                Arguments.of("it rains", "it rains"),
                Arguments.of(new StringBuilder("it rains"), "it rains"),
                Arguments.of(null, "null"),
                Arguments.of(Optional.empty(), "null"),
                Arguments.of(Optional.of(7), "7"),
                Arguments.of(new BigDecimal("1.50"), "1.50"),
                Arguments.of(true, "true"),
                Arguments.of(Sky.RAIN, "RAIN"),
                Arguments.of(Duration.ofMinutes(3), "PT3M"),
                Arguments.of(Path.of("a"), "a"),
                Arguments.of(JsonObject.of("a", 1), "{\"a\":1}"),
                Arguments.of(JsonValue.of("quoted"), "\"quoted\""),
                Arguments.of(List.of("a", 1, Sky.CLEAR), "[\"a\",1,\"CLEAR\"]"),
                Arguments.of(new String[] {"a"}, "[\"a\"]"),
                Arguments.of(map, "{\"RAIN\":{\"speed\":3},\"none\":null}"),
                Arguments.of(
                        new Weather(18.5, Sky.RAIN, null, new Wind(3, Optional.of("west")), Duration.ofMinutes(3)),
                        "{\"degrees_celsius\":18.5,\"sky\":\"RAIN\",\"wind\":{\"speed\":3,\"from\":\"west\"},"
                                + "\"age\":\"PT3M\"}"));
    }

    @ParameterizedTest
    @MethodSource("results")
    void aResultIsText(@Nullable Object result, String text) {
        assertThat(OutputText.of(result)).isEqualTo(text);
    }

    @Test
    void notANumberIsNotSent() {
        assertThatThrownBy(() -> OutputText.of(List.of(Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected a finite number but was NaN");
    }
}
