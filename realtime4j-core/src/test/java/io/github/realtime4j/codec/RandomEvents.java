package io.github.realtime4j.codec;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonNull;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.AudioConfig;
import io.github.realtime4j.protocol.UnknownEvent;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Any instance of any record of the protocol, found by reflection as the codec finds it. */
final class RandomEvents {
    private final boolean beta;
    private final Map<Type, Arbitrary<?>> known = new HashMap<>();

    /**
     * @param beta whether to keep to what the beta dialect has a place for
     */
    RandomEvents(boolean beta) {
        this.beta = beta;
        known.put(String.class, strings());
        known.put(int.class, Arbitraries.integers());
        known.put(Integer.class, Arbitraries.integers());
        known.put(long.class, Arbitraries.longs());
        known.put(Long.class, Arbitraries.longs());
        // The beta dialect is translated through JsonValue, whose exact numbers have no negative zero.
        Arbitrary<Double> doubles = doubles().map(number -> beta && number == 0 ? Double.valueOf(0) : number);
        known.put(double.class, doubles);
        known.put(Double.class, doubles);
        known.put(boolean.class, Arbitraries.of(true, false));
        known.put(Boolean.class, Arbitraries.of(true, false));
        known.put(JsonValue.class, json(2));
        known.put(JsonObject.class, jsonObject(json(1)));
        known.put(
                AudioBytes.class,
                Arbitraries.bytes().array(byte[].class).ofMaxSize(50).map(AudioBytes::copyOf));
        known.put(
                UnknownEvent.class,
                unknownObject("made.up", "x", "session.Created", "ä.\"b\"")
                        .map(json -> new UnknownEvent(String.valueOf(json.string("type")), json)));
        if (beta) {
            known.put(AudioFormat.class, Arbitraries.of(AudioFormat.PCM16_24KHZ, AudioFormat.PCMU, AudioFormat.PCMA));
        }
    }

    Arbitrary<?> of(Type type) {
        Arbitrary<?> made = known.get(type);
        if (made == null) {
            made = make(type);
            known.put(type, made);
        }
        return made;
    }

    private Arbitrary<?> make(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return of(generic.getActualTypeArguments()[0]).list().ofMaxSize(2);
        } else if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return Arbitraries.maps(strings(), of(generic.getActualTypeArguments()[1]))
                    .ofMaxSize(2);
        } else if (type instanceof Class<?> raw && raw.isRecord()) {
            return record(raw);
        } else if (type instanceof Class<?> raw && raw.isInterface()) {
            return union(raw);
        }
        throw new IllegalStateException("Nothing random for " + type);
    }

    private Arbitrary<?> record(Class<?> type) {
        List<Arbitrary<Optional<Object>>> values = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            values.add(component(type, component));
        }
        RecordAccess access = new RecordAccess(type);
        return Combinators.combine(values)
                .as(parts -> access.create(
                        parts.stream().map(part -> part.orElse(null)).toArray()));
    }

    private Arbitrary<Optional<Object>> component(Class<?> owner, RecordComponent component) {
        Arbitrary<Optional<Object>> value = of(component.getGenericType()).map(Optional::of);
        Arbitrary<Optional<Object>> absent = Arbitraries.just(Optional.empty());
        boolean nowhere = beta && owner.getDeclaringClass() == AudioConfig.class;
        if (component.getName().equals("extra")) {
            return nowhere ? Arbitraries.just(Optional.of(JsonObject.EMPTY)) : extra();
        } else if (nowhere && component.getName().equals("language")) {
            return absent;
        } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            return value;
        }
        Object off = off(component.getType());
        return off == null
                ? Arbitraries.oneOf(value, value, absent)
                : Arbitraries.oneOf(value, absent, Arbitraries.just(Optional.of(off)));
    }

    private static @Nullable Object off(Class<?> type) {
        for (Field field : type.getFields()) {
            if (field.getName().equals("OFF")) {
                try {
                    return field.get(null);
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return null;
    }

    /** Without {@code Off}, which is a value of the component that holds the union. */
    private Arbitrary<?> union(Class<?> type) {
        List<Arbitrary<Object>> variants = new ArrayList<>();
        for (Class<?> variant : WireNames.variants(type)) {
            if (variant.getSimpleName().equals("Unknown")) {
                RecordAccess access = new RecordAccess(variant);
                variants.add(unknownObject("x_new", "", "Message", "server vad", "off")
                        .map(json -> access.create(new Object[] {json})));
            } else if (!variant.getSimpleName().equals("Off")) {
                variants.add(of(variant).map(value -> value));
            }
        }
        return Arbitraries.oneOf(variants);
    }

    private static Arbitrary<JsonObject> unknownObject(String... types) {
        return Combinators.combine(jsonObject(json(1)), Arbitraries.of(types))
                .as((object, type) -> object.with("type", type));
    }

    private static Arbitrary<Optional<Object>> extra() {
        return jsonObject(json(1)).map(object -> {
            JsonObject renamed = JsonObject.EMPTY;
            for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                renamed = renamed.with("x " + member.getKey(), member.getValue());
            }
            return Optional.of(renamed);
        });
    }

    private static Arbitrary<String> strings() {
        Arbitrary<String> nasty = Arbitraries.of(
                "",
                "\"",
                "\\",
                "/",
                "\u0000",
                "\u001f",
                "\u007f",
                "\u2028",
                "😀",
                "👩‍👩‍👧",
                "\uFFFF",
                "null",
                "{}",
                "é",
                "\\u0041");
        Arbitrary<String> points = Arbitraries.integers()
                .between(0, 0x10FFFF)
                .filter(point -> point < 0xD800 || point > 0xDFFF)
                .map(Character::toString);
        return Arbitraries.oneOf(nasty, points, Arbitraries.strings().ascii().ofMaxLength(12))
                .list()
                .ofMaxSize(3)
                .map(parts -> String.join("", parts));
    }

    private static Arbitrary<Double> doubles() {
        return Arbitraries.oneOf(
                Arbitraries.of(0.0, -0.0, 1.0, Double.MAX_VALUE, Double.MIN_VALUE, -1e-300, 1e21, 0.1),
                Arbitraries.doubles().between(-1e6, 1e6));
    }

    private static Arbitrary<JsonValue> json(int depth) {
        List<Arbitrary<JsonValue>> kinds = new ArrayList<>();
        kinds.add(strings().map(JsonValue::of));
        kinds.add(Arbitraries.bigDecimals().ofScale(3).map(JsonValue::of));
        kinds.add(Arbitraries.longs().map(JsonValue::of));
        kinds.add(Arbitraries.of(JsonValue.of(true), JsonValue.of(false), JsonNull.NULL));
        if (depth > 0) {
            kinds.add(json(depth - 1).list().ofMaxSize(2).map(JsonValue::of));
            kinds.add(jsonObject(json(depth - 1)).map(object -> object));
        }
        return Arbitraries.oneOf(kinds);
    }

    private static Arbitrary<JsonObject> jsonObject(Arbitrary<JsonValue> member) {
        return Arbitraries.maps(strings(), member).ofMaxSize(2).map(JsonObject::new);
    }
}
