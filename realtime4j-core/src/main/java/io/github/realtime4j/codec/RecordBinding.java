package io.github.realtime4j.codec;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * A record as a JSON object. A component that is {@link Nullable} may be missing or {@code null}, any other must be
 * there, save for lists, which are then empty. A component named {@code extra} holds the members that no other takes.
 */
final class RecordBinding implements Binding {
    private static final String EXTRA = "extra";

    private final Class<?> type;
    private final RecordAccess access;
    private final Field[] fields;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final int extra;

    /** One component: its wire name, its type's binding, and what to do when there is nothing. */
    private record Field(
            String name,
            Binding binding,
            boolean optional,
            boolean list,
            boolean nullWhenAbsent,
            @Nullable Object off) {}

    RecordBinding(Class<?> type, RecordBinder binder) {
        this.type = type;
        this.access = new RecordAccess(type);
        RecordComponent[] components = type.getRecordComponents();
        this.fields = new Field[components.length];
        int extraIndex = -1;
        for (int i = 0; i < components.length; i++) {
            fields[i] = field(components[i], binder);
            if (components[i].getName().equals(EXTRA)) {
                extraIndex = i;
            } else {
                indexes.put(fields[i].name, i);
            }
        }
        this.extra = extraIndex;
    }

    private Field field(RecordComponent component, RecordBinder binder) {
        String name = RecordAccess.wireName(component);
        return new Field(
                name,
                binder.binding(component.getGenericType()),
                component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                component.getType() == List.class,
                WireNames.nullWhenAbsent(type, name),
                off(component.getType()));
    }

    /** The type's constant that stands for JSON {@code null}, if it has one. */
    private static @Nullable Object off(Class<?> type) {
        try {
            return type.getField("OFF").get(null);
        } catch (NoSuchFieldException e) {
            return null;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Object read(WireReader in) {
        return read(in, false);
    }

    /**
     * Reads one object.
     *
     * @param typed whether a member {@code type} that no component takes says which record this is
     */
    Object read(WireReader in, boolean typed) {
        in.expectObject();
        @Nullable Object[] values = new Object[fields.length];
        boolean[] seen = new boolean[fields.length];
        boolean typeSeen = false;
        Map<String, JsonValue> unknown = null;
        String name;
        while ((name = in.nextName()) != null) {
            JsonToken token = in.nextToken();
            Integer index = indexes.get(name);
            if (index != null) {
                seen[index] = once(seen[index], in);
                values[index] = token == JsonToken.VALUE_NULL ? nothing(index, in) : fields[index].binding.read(in);
            } else if (typed && name.equals("type")) {
                typeSeen = once(typeSeen, in);
                in.string();
            } else {
                if (!WireNames.isConstant(type, name)) {
                    in.reportUnknown();
                }
                // Read even if nobody keeps it: a key must not come twice there either.
                unknown = unknown == null ? new LinkedHashMap<>() : unknown;
                if (unknown.put(name, in.json()) != null) {
                    throw in.duplicate();
                }
            }
        }
        if (extra >= 0) {
            values[extra] = unknown == null ? JsonObject.EMPTY : new JsonObject(unknown);
        }
        requireAll(values, in);
        return access.create(values);
    }

    private static boolean once(boolean seen, WireReader in) {
        if (seen) {
            throw in.duplicate();
        }
        return true;
    }

    private @Nullable Object nothing(int index, WireReader in) {
        Field field = fields[index];
        if (field.off != null || field.optional || field.list) {
            return field.off;
        }
        // A scalar's binding knows what it wanted instead of null.
        return field.binding.read(in);
    }

    private void requireAll(@Nullable Object[] values, WireReader in) {
        for (int i = 0; i < fields.length; i++) {
            if (values[i] == null && !fields[i].optional) {
                if (!fields[i].list) {
                    throw in.missing(fields[i].name);
                }
                values[i] = List.of();
            }
        }
    }

    @Override
    public void write(Object record, WireWriter out) {
        out.startObject();
        writeMembers(record, out, 0);
        out.endObject();
    }

    /**
     * Writes one object with its type.
     *
     * @param afterFirst whether the type comes after the first component
     */
    void write(Object record, WireWriter out, String typeName, boolean afterFirst) {
        out.startObject();
        if (afterFirst) {
            writeMember(record, out, 0);
        }
        out.field("type", typeName);
        writeMembers(record, out, afterFirst ? 1 : 0);
        out.endObject();
    }

    /** Writes an event, whose first component is its id: the type first, then this id. */
    void writeEvent(Object event, WireWriter out, String typeName, @Nullable String eventId) {
        out.startObject();
        out.field("type", typeName);
        out.field(fields[0].name, eventId);
        writeMembers(event, out, 1);
        out.endObject();
    }

    private void writeMembers(Object record, WireWriter out, int from) {
        for (int i = from; i < fields.length; i++) {
            writeMember(record, out, i);
        }
    }

    private void writeMember(Object record, WireWriter out, int index) {
        Field field = fields[index];
        Object value = access.get(record, index);
        if (index == extra) {
            if (value != null) {
                ((JsonObject) value).forEach((name, member) -> {
                    out.name(name);
                    out.json(member);
                });
            }
        } else if (value == null) {
            if (field.nullWhenAbsent && out.nullsOfService()) {
                out.name(field.name);
                out.nothing();
            }
        } else {
            out.name(field.name);
            if (value.equals(field.off)) {
                out.nothing();
            } else {
                field.binding.write(value, out);
            }
        }
    }
}
