package io.github.realtime4j.codec;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.protocol.Call;
import io.github.realtime4j.protocol.ClientSecret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which records the protocol is made of, and which of their components a value sets. */
final class Graph {
    private Graph() {}

    /** The record of every event that a server sends. */
    static List<Class<?>> serverEvents() {
        List<Class<?>> records = new ArrayList<>();
        EventCodec.serverEventTypes().forEach(type -> records.add(WireNames.serverEvent(type)));
        return records;
    }

    /** The record of every event that a client sends. */
    static List<Class<?>> clientEvents() {
        List<Class<?>> records = new ArrayList<>();
        EventCodec.clientEventTypes().forEach(type -> records.add(WireNames.clientEvent(type)));
        return records;
    }

    /** Records that travel over HTTP. */
    static List<Class<?>> bodies() {
        return List.of(
                Call.CreateRequest.class,
                Call.RejectRequest.class,
                Call.ReferRequest.class,
                Call.Incoming.class,
                ClientSecret.class,
                ClientSecret.Request.class);
    }

    /** {@code Record.component} of everything that can be on the wire, unknown fields aside. */
    static Set<String> components() {
        Set<Class<?>> records = new LinkedHashSet<>();
        List.of(serverEvents(), clientEvents(), bodies()).forEach(all -> all.forEach(type -> collect(type, records)));
        Set<String> components = new LinkedHashSet<>();
        for (Class<?> record : records) {
            for (RecordComponent component : record.getRecordComponents()) {
                if (!component.getName().equals("extra")) {
                    components.add(name(component));
                }
            }
        }
        return components;
    }

    private static void collect(Type type, Set<Class<?>> records) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument, records);
            }
        } else if (type instanceof Class<?> raw && !JsonValue.class.isAssignableFrom(raw)) {
            if (raw.isRecord() && records.add(raw)) {
                for (RecordComponent component : raw.getRecordComponents()) {
                    collect(component.getGenericType(), records);
                }
            } else if (raw.isInterface() && raw.isSealed()) {
                WireNames.variants(raw).forEach(variant -> collect(variant, records));
            }
        }
    }

    /** Adds {@code Record.component} of everything that the value sets. */
    static void set(@Nullable Object value, Set<String> into) {
        if (value instanceof Collection<?> elements) {
            elements.forEach(element -> set(element, into));
        } else if (value instanceof Record record && !(value instanceof JsonValue)) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                Object member = get(record, component);
                boolean nothing = member == null
                        || (member instanceof List<?> list && list.isEmpty())
                        || (member instanceof Map<?, ?> map && map.isEmpty());
                if (!nothing) {
                    into.add(name(component));
                    set(member, into);
                }
            }
        }
    }

    static @Nullable Object get(Object record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static String name(RecordComponent component) {
        return name(component.getDeclaringRecord()) + "." + component.getName();
    }

    /** {@code SessionEvent.Created}. */
    static String name(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }
}
