package io.github.realtime4j.codec;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonBoolean;
import io.github.realtime4j.json.JsonValue.JsonNumber;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** One message being written. */
final class WireWriter {
    private final boolean nullsOfService;
    private final ByteArrayOutputStream utf8 = new ByteArrayOutputStream(512);
    private final JsonGenerator generator;

    /**
     * @param nullsOfService whether to write {@code null} where the service does; a client leaves out what is not set
     */
    WireWriter(boolean nullsOfService) {
        this.nullsOfService = nullsOfService;
        this.generator = WireReader.FACTORY.createGenerator(ObjectWriteContext.empty(), utf8);
    }

    byte[] finish() {
        generator.close();
        return utf8.toByteArray();
    }

    boolean nullsOfService() {
        return nullsOfService;
    }

    void startObject() {
        generator.writeStartObject();
    }

    void endObject() {
        generator.writeEndObject();
    }

    void startArray() {
        generator.writeStartArray();
    }

    void endArray() {
        generator.writeEndArray();
    }

    void name(String name) {
        generator.writeName(name);
    }

    /** Half a surrogate pair, which UTF-8 cannot say, is written as an escape. */
    void string(String text) {
        generator.writeString(text);
    }

    /** Text that needs no escapes. */
    void ascii(byte[] text) {
        generator.writeRawUTF8String(text, 0, text.length);
    }

    void integer(long number) {
        generator.writeNumber(number);
    }

    void number(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new IllegalArgumentException("Expected a finite number but was " + number);
        }
        generator.writeNumber(number);
    }

    void bool(boolean value) {
        generator.writeBoolean(value);
    }

    void nothing() {
        generator.writeNull();
    }

    void field(String name, @Nullable String text) {
        if (text != null) {
            name(name);
            string(text);
        }
    }

    void json(JsonValue value) {
        if (value instanceof JsonObject object) {
            startObject();
            object.forEach((name, member) -> {
                name(name);
                json(member);
            });
            endObject();
        } else if (value instanceof JsonArray array) {
            startArray();
            array.elements().forEach(this::json);
            endArray();
        } else if (value instanceof JsonString text) {
            string(text.value());
        } else if (value instanceof JsonNumber number) {
            generator.writeNumber(number.value());
        } else if (value instanceof JsonBoolean truth) {
            bool(truth.value());
        } else {
            nothing();
        }
    }
}
