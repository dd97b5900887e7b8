package io.github.realtime4j.server.respond;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemaValuesTest {
    private static final List<String> PATTERNS = List.of(
            "^[a-zA-Z0-9_-]+$",
            "^\\d{3}-\\d{4}$",
            "^(GET|POST)$",
            "^[A-Z]{2}\\d+$",
            "^\\+?[0-9 ]{7,15}$",
            "^(?:ab)+c?$",
            "\\bx\\b",
            "^tunnel_[a-z0-9]{32}$",
            "^[^aeiou]{3,}$");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$ref':'#/$defs/a','$defs':{'a':{'type':'object','properties':{'x':{'$ref':'#/$defs/b'}},'required':['x']},'b':{'type':'integer','minimum':7}}}",
                "{'type':'object','properties':{'tree':{'$ref':'#/$defs/node'}},'required':['tree'],'$defs':{'node':{'type':'object','properties':{'value':{'type':'string'},'children':{'type':'array','items':{'$ref':'#/$defs/node'}}},'required':['value','children']}}}",
                "{'type':'object','properties':{'u':{'anyOf':[{'type':'null'},{'type':'string','minLength':3}]}},'required':['u']}",
                "{'type':'object','properties':{'u':{'oneOf':[{'type':'object','properties':{'kind':{'const':'a'}},'required':['kind']},{'type':'object','properties':{'kind':{'const':'b'}},'required':['kind']}]}},'required':['u']}",
                "{'allOf':[{'type':'object','properties':{'a':{'type':'integer'}},'required':['a']},{'properties':{'b':{'type':'boolean'}},'required':['b']}]}",
                "{'type':'object','properties':{'t':{'type':['null','number'],'exclusiveMinimum':0,'maximum':0.5}},'required':['t']}",
                "{'type':'object','properties':{'l':{'type':'array','items':{'type':'string','enum':['a','b','c']},'minItems':2,'uniqueItems':true}},'required':['l']}",
                "{'type':'object','properties':{'l':{'type':'array','prefixItems':[{'type':'string'},{'type':'integer'}],'minItems':2}},'required':['l']}",
                "{'type':'object','properties':{'l':{'type':'array','minItems':3,'uniqueItems':true,'items':{'type':'object','properties':{'n':{'type':'integer','maximum':100}},'required':['n']}}},'required':['l']}",
                "{'type':'object','minProperties':2,'additionalProperties':{'type':'integer','multipleOf':5}}",
                "{'type':'object','required':['ghost'],'additionalProperties':{'type':'boolean'}}",
                "{'type':'object','properties':{'d':{'type':'integer','default':3},'bad':{'type':'integer','default':'x'}},'required':['d','bad']}",
            })
    void makesWhatTheSchemaAsksFor(String json) {
        JsonObject schema = JsonObject.parse(json.replace('\'', '"'));

        assertThat(SchemaCheck.problems(schema, new SchemaValues(schema, SchemaValues.Hints.NONE).value()))
                .isEmpty();
    }

    @Test
    void aThousandRandomSchemasAreSatisfiedWithAndWithoutWords() {
        Random random = new Random(42);
        for (int i = 0; i < 1_000; i++) {
            JsonObject schema = object(random, 0);
            UserWords words = new UserWords(
                    "Book 3 rooms in Porto and Faro for ada@example.com tomorrow at 7 pm, in red, 12.5 or 999 please",
                    Requests.CLOCK,
                    random.nextBoolean() ? "Porto" : null);
            for (SchemaValues.Hints hints : List.of(SchemaValues.Hints.NONE, words)) {
                JsonValue value = new SchemaValues(schema, hints).value();
                assertThat(SchemaCheck.problems(schema, value))
                        .as("%s for %s", value, schema)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$ref':'#/$defs/a','$defs':{'a':{'type':'object','properties':{'l':{'$ref':'#/$defs/a'},'r':{'$ref':'#/$defs/a'}},'required':['l','r']}}}",
                "{'$ref':'#/$defs/a','$defs':{'a':{'allOf':[{'$ref':'#/$defs/a'},{'$ref':'#/$defs/a'}]}}}",
                "{'$ref':'#'}",
                "{'properties':{'a':{'type':'string','minLength':1000000000},'b':{'type':'array','minItems':1000000000,'items':{'type':'integer'}}},'required':['a','b']}",
                "{'properties':{'a':{'type':'string','pattern':'^((a{1000}){1000}){1000}$'},'b':{'type':'string','pattern':'[a-z&&[^b]]+'}},'required':['a','b']}",
            })
    void schemasThatNothingSatisfiesEndToo(String json) {
        JsonObject schema = JsonObject.parse(json.replace('\'', '"'));

        assertThat(SchemaValues.arguments(schema, SchemaValues.Hints.NONE)).isNotNull();
    }

    @Test
    void aHintThatDoesNotFitIsNotUsed() {
        JsonObject schema = JsonObject.parse(
                "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\",\"maxLength\":3}},\"required\":[\"city\"]}");
        SchemaValues.Hints porto = (name, property, required) -> new JsonString("Porto");

        assertThat(SchemaCheck.problems(schema, SchemaValues.arguments(schema, porto)))
                .isEmpty();
    }

    private static JsonObject object(Random random, int depth) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of(
                "city",
                "count",
                "email",
                "date",
                "time",
                "query",
                "on",
                "colour",
                "cities",
                "order_id",
                "options",
                "name"));
        for (int i = random.nextInt(5); i >= 0; i--) {
            String name = names.remove(random.nextInt(names.size()));
            properties.put(name, any(random, depth + 1));
            if (random.nextInt(3) > 0) {
                required.add(name);
            }
        }
        return JsonObject.of(
                "type", "object", "properties", properties, "required", required, "additionalProperties", false);
    }

    private static JsonObject any(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 6 : 9)) {
            case 0 -> JsonObject.of("type", "string");
            case 1 -> string(random);
            case 2, 3 -> number(random);
            case 4 -> JsonObject.of("type", "boolean");
            case 5 -> JsonObject.of("enum", List.of("red", "green", 7));
            case 6 -> object(random, depth);
            case 7 -> JsonObject.of("anyOf", List.of(JsonObject.of("type", "null"), any(random, depth + 1)));
            default -> {
                int least = random.nextInt(3);
                yield JsonObject.of(
                        "type", "array", "items", any(random, depth + 1), "minItems", least, "maxItems", least + 2);
            }
        };
    }

    private static JsonObject string(Random random) {
        JsonObject schema = JsonObject.of("type", "string");
        return switch (random.nextInt(3)) {
            case 0 -> schema.with("pattern", PATTERNS.get(random.nextInt(PATTERNS.size())));
            case 1 ->
                schema.with(
                        "format",
                        List.of("date", "email", "date-time", "uuid", "time").get(random.nextInt(5)));
            default -> {
                int least = random.nextInt(20);
                yield schema.with("minLength", least).with("maxLength", least + random.nextInt(5));
            }
        };
    }

    private static JsonObject number(Random random) {
        boolean whole = random.nextBoolean();
        JsonObject schema = JsonObject.of("type", whole ? "integer" : "number");
        int least = random.nextInt(200) - 100;
        return switch (random.nextInt(5)) {
            case 0 -> schema;
            case 1 -> schema.with("minimum", least);
            case 2 -> schema.with("maximum", least);
            case 3 -> schema.with("exclusiveMinimum", least).with("maximum", least + 1);
            default -> schema.with("minimum", least).with("maximum", least + 10).with("multipleOf", 5);
        };
    }
}
