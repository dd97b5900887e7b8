package io.github.realtime4j.codec;

import io.github.realtime4j.json.JsonValue;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
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
        try {
            generator.writeName(name);
        } catch (JacksonException e) {
            throw notUtf8();
        }
    }

    void string(String text) {
        try {
            generator.writeString(text);
        } catch (JacksonException e) {
            throw notUtf8();
        }
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
        try {
            generator.writeRawValue(value.toString());
        } catch (JacksonException e) {
            throw notUtf8();
        }
    }

    private static IllegalArgumentException notUtf8() {
        return new IllegalArgumentException("Cannot be written as UTF-8: half a surrogate pair in a string");
    }
}
