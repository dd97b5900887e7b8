package io.github.realtime4j.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Tool;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the model is told of a record. */
final class FunctionToolTest {
    enum Unit {
        CELSIUS,
        FAHRENHEIT
    }

    @Description("How much is asked for")
    enum Detail {
        @Description("one number")
        BRIEF,
        LONG,
        @Description("with a forecast")
        FULL
    }

    @Description("A place on Earth")
    record Place(String city, @Nullable String country) {}

    private record CityQuery(
            @Description("City and country") String cityName, Optional<Unit> unit) {}

    record Nothing() {}

    record Everything(
            boolean flag,
            Boolean boxedFlag,
            byte tiny,
            short small,
            int number,
            Long big,
            BigInteger huge,
            float half,
            double real,
            BigDecimal exact,
            List<String> names,
            Set<Unit> units,
            Map<String, Double> prices,
            Place from,
            @Description("Where to") Place to,
            List<Place> stops,
            @Description("As you like") Detail detail,
            Detail more,
            JsonValue any,
            JsonObject object) {}

    @Test
    void aRecordIsAStrictSchema() {
        FunctionTool<CityQuery> tool = FunctionTool.of("get_weather", "The weather now", CityQuery.class);
        assertThat(tool.definition())
                .isEqualTo(new Tool.Function("get_weather", "The weather now", schema(CityQuery.class)));
        assertThat(schema(CityQuery.class))
                .hasToString("{\"type\":\"object\",\"properties\":{"
                        + "\"city_name\":{\"type\":\"string\",\"description\":\"City and country\"},"
                        + "\"unit\":{\"type\":\"string\",\"enum\":[\"CELSIUS\",\"FAHRENHEIT\"]}},"
                        + "\"required\":[\"city_name\"],\"additionalProperties\":false}");
    }

    @Test
    void aRecordWithoutComponentsTakesNothing() {
        assertThat(schema(Nothing.class))
                .hasToString("{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}");
    }

    @Test
    void everyTypeHasASchema() {
        String place = "{\"type\":\"object\",\"description\":\"%s\",\"properties\":{\"city\":{\"type\":\"string\"},"
                + "\"country\":{\"type\":\"string\"}},\"required\":[\"city\"],\"additionalProperties\":false}";
        String detail = "{\"type\":\"string\",\"enum\":[\"BRIEF\",\"LONG\",\"FULL\"],\"description\":\"%s"
                + "How much is asked for\\nBRIEF: one number\\nFULL: with a forecast\"}";
        JsonObject properties = schema(Everything.class).object("properties");
        assertThat(properties)
                .hasToString("{\"flag\":{\"type\":\"boolean\"},\"boxed_flag\":{\"type\":\"boolean\"},"
                        + "\"tiny\":{\"type\":\"integer\"},\"small\":{\"type\":\"integer\"},"
                        + "\"number\":{\"type\":\"integer\"},\"big\":{\"type\":\"integer\"},"
                        + "\"huge\":{\"type\":\"integer\"},\"half\":{\"type\":\"number\"},"
                        + "\"real\":{\"type\":\"number\"},\"exact\":{\"type\":\"number\"},"
                        + "\"names\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
                        + "\"units\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"enum\":[\"CELSIUS\","
                        + "\"FAHRENHEIT\"]},\"uniqueItems\":true},"
                        + "\"prices\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"number\"}},"
                        + "\"from\":" + place.formatted("A place on Earth") + ",\"to\":" + place.formatted("Where to")
                        + ",\"stops\":{\"type\":\"array\",\"items\":" + place.formatted("A place on Earth") + "},"
                        + "\"detail\":" + detail.formatted("As you like\\n") + ",\"more\":" + detail.formatted("")
                        + ",\"any\":{},\"object\":{\"type\":\"object\"}}");
        assertThat(schema(Everything.class).array("required")).hasSize(20);
    }

    record Node(String name, List<Edge> edges) {}

    record Edge(Node to) {}

    record When(Date at) {}

    record Pages(List<? extends Number> numbers) {}

    record Generic<T>(T value) {}

    record Counted(@Nullable int count) {}

    record Same(String aB, String a_b) {}

    record Keyed(Map<Integer, String> names) {}

    @Test
    void recursionIsRefused() {
        assertRefused(
                Node.class,
                "Expected arguments that end somewhere but io.github.realtime4j.tool.FunctionToolTest$Node contains"
                        + " itself: Node -> Edge -> Node");
    }

    @Test
    void aTypeWithoutASchemaIsRefused() {
        String expected =
                "Expected a string, number, boolean, enum, record, JsonValue, or a List, Set, Map by strings or"
                        + " Optional of these but was %s at io.github.realtime4j.tool.FunctionToolTest$%s";
        assertRefused(When.class, expected.formatted("java.util.Date", "When.at"));
        assertRefused(Pages.class, expected.formatted("? extends java.lang.Number", "Pages.numbers"));
        assertRefused(Generic.class, expected.formatted("T", "Generic.value"));
        assertRefused(
                Keyed.class, expected.formatted("java.util.Map<java.lang.Integer, java.lang.String>", "Keyed.names"));
    }

    @Test
    void aPrimitiveThatMayBeNullIsRefused() {
        assertRefused(
                Counted.class,
                "Expected a type that can be null but was int at"
                        + " io.github.realtime4j.tool.FunctionToolTest$Counted.count");
    }

    @Test
    void twoComponentsOfOneNameAreRefused() {
        assertRefused(
                Same.class,
                "Expected different names but io.github.realtime4j.tool.FunctionToolTest$Same has two components a_b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "get weather", "gét", "a.b"})
    void aNameThatTheServiceRefusesIsRefused(String name) {
        assertThatThrownBy(() -> FunctionTool.of(name, "", Nothing.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected a name of 1 to 64 letters, digits, _ and - but was \"" + name + "\"");
        assertThatThrownBy(() -> FunctionTool.raw("n".repeat(65), "", JsonObject.EMPTY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(FunctionTool.raw("n".repeat(64), "", JsonObject.EMPTY).name())
                .hasSize(64);
    }

    @Test
    void optionsMakeAnotherTool() {
        FunctionTool<Nothing> tool = FunctionTool.of("stop-all_1", "", Nothing.class);
        assertThat(tool.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(tool.background().timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(tool.timeout(Duration.ofSeconds(5)).background().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(tool.background().needsApproval().isBackground()).isTrue();
        assertThat(tool.needsApproval().background().isApprovalNeeded()).isTrue();
        assertThat(tool.isBackground() || tool.isApprovalNeeded()).isFalse();
        assertThat(tool).hasToString("FunctionTool[stop-all_1]");
        assertThatThrownBy(() -> tool.timeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected a timeout above zero but was PT0S");
    }

    private static JsonObject schema(Class<? extends Record> type) {
        JsonObject schema = FunctionTool.of("f", "", type).definition().parameters();
        assertThat(schema).isNotNull();
        return schema;
    }

    private static void assertRefused(Class<? extends Record> type, String message) {
        assertThatThrownBy(() -> FunctionTool.of("f", "", type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
