package io.github.realtime4j.session;

import io.github.realtime4j.codec.RecordAccess;
import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonNull;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a tool returned, as the text that the model reads. */
final class OutputText {
    private OutputText() {}

    static String of(@Nullable Object result) {
        JsonValue json = json(result);
        // JSON text of its own has quotes to keep.
        return json instanceof JsonString text && json != result ? text.value() : json.toString();
    }

    static String error(String message) {
        return JsonObject.of("error", message).toString();
    }

    private static JsonValue json(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return json(optional.orElse(null));
        } else if (value instanceof Record record && !(value instanceof JsonValue)) {
            return object(record);
        } else if (value instanceof Map<?, ?> map) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            map.forEach((name, member) -> members.put(of(name), json(member)));
            return new JsonObject(members);
        } else if (value instanceof Object[] array) {
            return array(Arrays.asList(array));
        } else if (value instanceof Iterable<?> elements && !(value instanceof Path)) {
            return array(elements);
        } else if (value instanceof Enum<?> constant && !(value instanceof JsonValue)) {
            return new JsonString(constant.name());
        } else if (value == null || value instanceof JsonValue || value instanceof Number || value instanceof Boolean) {
            return JsonValue.of(value);
        }
        return new JsonString(value.toString());
    }

    private static JsonObject object(Record record) {
        RecordAccess access = new RecordAccess(record.getClass());
        RecordComponent[] components = record.getClass().getRecordComponents();
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = 0; i < components.length; i++) {
            JsonValue value = json(access.get(record, i));
            if (value != JsonNull.NULL) {
                members.put(RecordAccess.wireName(components[i]), value);
            }
        }
        return new JsonObject(members);
    }

    private static JsonValue array(Iterable<?> elements) {
        List<JsonValue> values = new ArrayList<>();
        elements.forEach(element -> values.add(json(element)));
        return new JsonValue.JsonArray(values);
    }
}
