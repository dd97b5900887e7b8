package io.github.realtime4j.json;

import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonBoolean;
import io.github.realtime4j.json.JsonValue.JsonNull;
import io.github.realtime4j.json.JsonValue.JsonNumber;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Text to {@link JsonValue} and back. */
final class JsonText {
    private static final int MAX_DEPTH = 200;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonText() {}

    static JsonValue read(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return readAll(parser);
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    static JsonValue read(byte[] utf8, int offset, int length) {
        try {
            // The JDK's decoder is strict; the parser's own lets overlong forms and surrogates pass.
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8, offset, length));
            return read(text.toString());
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("Malformed JSON: not UTF-8");
        }
    }

    private static JsonValue readAll(JsonParser parser) {
        if (parser.nextToken() == null) {
            throw new MalformedJsonException("Expected a JSON value but there is no text");
        }
        JsonValue value = readValue(parser);
        if (parser.nextToken() != null) {
            throw new MalformedJsonException("Expected the end after one JSON value but there is more");
        }
        return value;
    }

    private static JsonValue readValue(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> new JsonString(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> readNumber(parser);
            case VALUE_TRUE -> new JsonBoolean(true);
            case VALUE_FALSE -> new JsonBoolean(false);
            case VALUE_NULL -> JsonNull.NULL;
            default -> throw new IllegalStateException("No value starts with " + parser.currentToken());
        };
    }

    private static JsonNumber readNumber(JsonParser parser) {
        try {
            return new JsonNumber(parser.getDecimalValue());
        } catch (NumberFormatException e) {
            throw new MalformedJsonException(
                    "Malformed JSON: a number is out of range, near " + position(parser.currentTokenLocation()));
        }
    }

    private static JsonObject readObject(JsonParser parser) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        String name;
        while ((name = parser.nextName()) != null) {
            parser.nextToken();
            if (members.put(name, readValue(parser)) != null) {
                throw new MalformedJsonException("Malformed JSON: a key occurs twice in one object, near "
                        + position(parser.currentTokenLocation()));
            }
        }
        return members.isEmpty() ? JsonObject.EMPTY : new JsonObject(members);
    }

    private static JsonArray readArray(JsonParser parser) {
        List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(readValue(parser));
        }
        return new JsonArray(elements);
    }

    private static MalformedJsonException malformed(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        return new MalformedJsonException(
                location == null ? "Malformed JSON" : "Malformed JSON at " + position(location));
    }

    private static String position(TokenStreamLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    static String write(JsonValue value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(value, generator);
        }
        return text.toString();
    }

    private static void write(JsonValue value, JsonGenerator generator) {
        if (value instanceof JsonObject object) {
            generator.writeStartObject();
            object.forEach((name, member) -> {
                generator.writeName(name);
                write(member, generator);
            });
            generator.writeEndObject();
        } else if (value instanceof JsonArray array) {
            generator.writeStartArray();
            array.elements().forEach(element -> write(element, generator));
            generator.writeEndArray();
        } else if (value instanceof JsonString string) {
            generator.writeString(string.value());
        } else if (value instanceof JsonNumber number) {
            generator.writeNumber(number.value());
        } else if (value instanceof JsonBoolean bool) {
            generator.writeBoolean(bool.value());
        } else {
            generator.writeNull();
        }
    }
}
