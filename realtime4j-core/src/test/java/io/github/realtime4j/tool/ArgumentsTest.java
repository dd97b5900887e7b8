package io.github.realtime4j.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments as the model writes them, and what it is told when they do not fit. */
final class ArgumentsTest {
    private enum Unit {
        CELSIUS,
        FAHRENHEIT
    }

    private record Place(String city, @Nullable String country) {}

    private record Query(
            Place place,
            Unit unit,
            Optional<Integer> days,
            @Nullable List<Place> alsoAt,
            Optional<Set<Unit>> also,
            @Nullable Map<String, Double> limits) {}

    private record Numbers(
            @Nullable Byte tiny,
            @Nullable Short small,
            @Nullable Integer number,
            @Nullable Long big,
            @Nullable BigInteger huge,
            @Nullable Float half,
            @Nullable Double real,
            @Nullable BigDecimal exact,
            @Nullable Boolean flag,
            @Nullable String text,
            @Nullable JsonObject object,
            @Nullable JsonValue any) {}

    private record Range(int from, int to) {
        Range {
            if (to < from) {
                throw new IllegalArgumentException("to must not be before from");
            }
            if (to == 13) {
                throw new IllegalArgumentException();
            }
            if (to == 14) {
                throw new IllegalStateException("a fault of the record's own");
            }
        }
    }

    private record Ranges(List<Range> ranges) {}

    private record Nothing() {}

    private static final FunctionTool<Query> QUERY = FunctionTool.of("get_weather", "", Query.class);
    private static final FunctionTool<Numbers> NUMBERS = FunctionTool.of("count", "", Numbers.class);

    @Test
    void argumentsBecomeTheRecord() {
        Query query = QUERY.decode("""
                {"place":{"city":"Porto","country":null},"unit":"CELSIUS","days":3,
                 "also_at":[{"city":"Faro","country":"Portugal"}],"also":["FAHRENHEIT","CELSIUS","FAHRENHEIT"],
                 "limits":{"low":-1,"high":30.5}}""");
        assertThat(query)
                .isEqualTo(new Query(
                        new Place("Porto", null),
                        Unit.CELSIUS,
                        Optional.of(3),
                        List.of(new Place("Faro", "Portugal")),
                        Optional.of(Set.of(Unit.CELSIUS, Unit.FAHRENHEIT)),
                        Map.of("low", -1.0, "high", 30.5)));
        assertThat(query.also().orElseThrow()).containsExactly(Unit.FAHRENHEIT, Unit.CELSIUS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"place\":{\"city\":\"Porto\"},\"unit\":\"CELSIUS\"}",
                "{\"place\":{\"city\":\"Porto\"},\"unit\":\"CELSIUS\",\"days\":null,\"also_at\":null,\"also\":null}"
            })
    void optionalComponentsMayBeMissingOrNull(String arguments) {
        assertThat(QUERY.decode(arguments))
                .isEqualTo(new Query(
                        new Place("Porto", null), Unit.CELSIUS, Optional.empty(), null, Optional.empty(), null));
    }

    @Test
    void numbersAreExact() {
        assertThat(NUMBERS.decode("""
                {"tiny":-128,"small":32767,"number":3.0,"big":9223372036854775807,"huge":1e30,"half":0.5,"real":1e3,
                 "exact":0.10,"flag":true,"text":"","object":{"a":1},"any":[null]}"""))
                .isEqualTo(new Numbers(
                        (byte) -128,
                        (short) 32767,
                        3,
                        Long.MAX_VALUE,
                        BigInteger.TEN.pow(30),
                        0.5f,
                        1000.0,
                        new BigDecimal("0.10"),
                        true,
                        "",
                        JsonObject.of("a", 1),
                        JsonValue.parse("[null]")));
    }

    @Test
    void noTextIsNoArguments() {
        FunctionTool<Nothing> tool = FunctionTool.of("stop", "", Nothing.class);
        assertThat(tool.decode("")).isEqualTo(new Nothing());
        assertThat(tool.decode(" {} ")).isEqualTo(new Nothing());
        assertThat(FunctionTool.raw("stop", "", JsonObject.EMPTY).decode("")).isEqualTo(JsonObject.EMPTY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tiny\":128}          | expected an integer of 8 bits but was 128 at $.tiny",
                "{\"small\":32768}       | expected an integer of 16 bits but was 32768 at $.small",
                "{\"number\":\"seven\"}  | expected an integer of 32 bits but was \"seven\" at $.number",
                "{\"number\":1.5}        | expected an integer of 32 bits but was 1.5 at $.number",
                "{\"number\":1e999999999} | expected an integer of 32 bits but was 1E+999999999 at $.number",
                "{\"big\":9223372036854775808} | expected an integer of 64 bits but was a long number at $.big",
                "{\"huge\":1e999999999}  | expected an integer but was 1E+999999999 at $.huge",
                "{\"huge\":0.5}          | expected an integer but was 0.5 at $.huge",
                "{\"half\":1e39}         | expected a number but was 1E+39 at $.half",
                "{\"real\":1e999}        | expected a number but was 1E+999 at $.real",
                "{\"real\":[1]}          | expected a number but was an array at $.real",
                "{\"exact\":\"1\"}       | expected a number but was \"1\" at $.exact",
                "{\"flag\":\"yes\"}      | expected true or false but was \"yes\" at $.flag",
                "{\"text\":7}            | expected a string but was 7 at $.text",
                "{\"text\":{}}           | expected a string but was an object at $.text",
                "{\"object\":true}       | expected an object but was true at $.object",
                "[]                      | expected an object but was an array at $",
                "{\"a b\":1}             | unknown property at $.…, known are tiny, small, number, big, huge, half,"
                        + " real, exact, flag, text, object, any",
                "{\"text\":              | Malformed JSON at line 1, column 9",
                "{\"text\":\"\",\"text\":\"\"} | Malformed JSON: a key occurs twice in one object, near line 1, column 19",
            })
    void theModelIsToldWhatDoesNotFit(String arguments, String problem) {
        assertThatThrownBy(() -> NUMBERS.decode(arguments))
                .isInstanceOf(InvalidArgumentsException.class)
                .hasMessage("The arguments of count do not fit: " + problem);
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThatThrownBy(() -> QUERY.decode("""
                {"place":{"town":"Porto"},"unit":"kelvin","days":"three","also_at":[{"city":"Faro"},null],
                 "also":"CELSIUS","limits":{"low":"cold"},"colour":"a very long word indeed"}"""))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidArgumentsException.class))
                .extracting(InvalidArgumentsException::problems)
                .isEqualTo(List.of(
                        "missing property at $.place.city",
                        "unknown property at $.place.town, known are city, country",
                        "expected one of CELSIUS, FAHRENHEIT but was \"kelvin\" at $.unit",
                        "expected an integer of 32 bits but was \"three\" at $.days",
                        "expected an object but was null at $.also_at[1]",
                        "expected an array but was \"CELSIUS\" at $.also",
                        "expected a number but was \"cold\" at $.limits.low",
                        "unknown property at $.colour, known are place, unit, days, also_at, also, limits"));
    }

    @Test
    void ofManyProblemsTheFirstAreTold() {
        FunctionTool<Ranges> tool = FunctionTool.of("plot", "", Ranges.class);
        assertThatThrownBy(() -> tool.decode("{\"ranges\":[" + "0,".repeat(11) + "0]}"))
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidArgumentsException.class))
                .extracting(InvalidArgumentsException::problems, InstanceOfAssertFactories.list(String.class))
                .hasSize(9)
                .endsWith("expected an object but was 0 at $.ranges[7]", "and 4 more");
    }

    @Test
    void theRecordItselfMayRefuse() {
        FunctionTool<Ranges> tool = FunctionTool.of("plot", "", Ranges.class);
        assertThatThrownBy(() -> tool.decode("""
                {"ranges":[{"from":1,"to":2},{"from":2,"to":1},{"from":1,"to":13}]}"""))
                .isInstanceOf(InvalidArgumentsException.class)
                .hasMessage(
                        "The arguments of plot do not fit: to must not be before from at $.ranges[1]; refused by Range"
                                + " at $.ranges[2]");
        assertThatThrownBy(() -> tool.decode("{\"ranges\":[{\"from\":1,\"to\":14}]}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a fault of the record's own");
    }

    @Test
    void ofTheArgumentsOnlyShortWordsAreQuoted() {
        String secret = "sk-proj-0123456789abcdefghijklmnopqrstuvwxyz";
        assertThatThrownBy(() -> NUMBERS.decode("{\"number\":\"" + secret + "\",\"" + secret + "\":1}"))
                .hasMessage("The arguments of count do not fit: expected an integer of 32 bits but was a string at"
                        + " $.number; unknown property at $.…, known are tiny, small, number, big, huge, half, real,"
                        + " exact, flag, text, object, any");
    }

    @Test
    void aToolWithoutArgumentsTakesNone() {
        FunctionTool<Nothing> tool = FunctionTool.of("stop", "", Nothing.class);
        assertThatThrownBy(() -> tool.decode("{\"now\":true}"))
                .hasMessage("The arguments of stop do not fit: unknown property at $.now, there is none");
    }

    @Test
    void rawArgumentsAreAnObject() {
        FunctionTool<JsonObject> tool = FunctionTool.raw("any", "", JsonObject.of("type", "object"));
        assertThat(tool.definition().parameters()).isEqualTo(JsonObject.of("type", "object"));
        assertThat(tool.decode("{\"a\":[1]}")).isEqualTo(JsonObject.of("a", List.of(1)));
        assertThatThrownBy(() -> tool.decode("7"))
                .isInstanceOf(InvalidArgumentsException.class)
                .hasMessage("The arguments of any do not fit: expected an object but was 7 at $");
    }

    @Test
    void aLocalRecordWorks() {
        record Local(String word) {}
        assertThat(FunctionTool.of("f", "", Local.class)
                        .decode("{\"word\":\"x\"}")
                        .word())
                .isEqualTo("x");
    }
}
