package io.github.realtime4j.codec;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a field that no record takes into every object of a message that a record is made from. */
final class UnknownFields {
    static final String NAME = "x_new";
    static final JsonValue VALUE =
            JsonValue.parse("{\"deep\":[1,null,{\"type\":\"x\",\"y\":[[]]}],\"text\":\"}\\\"{\"}");

    /** Where they were put. */
    final List<String> paths = new ArrayList<>();

    /** A message with unknown fields, and what is left of it after decoding and encoding. */
    record Message(JsonValue given, JsonValue expected) {}

    /**
     * @param decoded what was decoded from the message without unknown fields
     */
    Message insert(Object decoded, JsonValue json) {
        return insert(decoded, json, "$");
    }

    private Message insert(Object value, JsonValue json, String path) {
        boolean open =
                value instanceof JsonValue || value.getClass().getSimpleName().equals("Unknown");
        if (value instanceof Record && !open && json instanceof JsonObject object) {
            return insertIntoObject(value, object, path);
        } else if (value instanceof List<?> list && json instanceof JsonArray array) {
            return insertIntoElements(list, array, path);
        }
        return new Message(json, json);
    }

    private Message insertIntoObject(Object record, JsonObject json, String path) {
        Map<String, JsonValue> given = new LinkedHashMap<>(json.members());
        Map<String, JsonValue> expected = new LinkedHashMap<>(json.members());
        boolean hasExtra = false;
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            hasExtra |= component.getName().equals("extra");
            String name = WireNames.snake(component.getName());
            Object value = Graph.get(record, component);
            if (value != null && json.has(name)) {
                Message member = insert(value, json.members().get(name), path + "." + name);
                given.put(name, member.given);
                expected.put(name, member.expected);
            }
        }
        paths.add(path + "." + NAME);
        given.put(NAME, VALUE);
        if (hasExtra) {
            expected.put(NAME, VALUE);
        }
        return new Message(new JsonObject(given), new JsonObject(expected));
    }

    private Message insertIntoElements(List<?> list, JsonArray json, String path) {
        List<JsonValue> given = new ArrayList<>();
        List<JsonValue> expected = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Message element = insert(list.get(i), json.elements().get(i), path + "[" + i + "]");
            given.add(element.given);
            expected.add(element.expected);
        }
        return new Message(new JsonArray(given), new JsonArray(expected));
    }
}
