package io.github.realtime4j.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JsonToken;

/**
 * Finds the {@link Binding} of a type: records through their canonical constructor, sealed interfaces through their
 * nested records, and the few scalars that the protocol uses. A record with a single component named {@code value} is
 * the bare value on the wire. Bindings are made on first use and kept.
 */
final class RecordBinder {
    private final Map<Type, Binding> bindings = new ConcurrentHashMap<>(ScalarBinding.BY_TYPE);

    Binding binding(Type type) {
        Binding known = bindings.get(type);
        if (known != null) {
            return known;
        }
        Binding made = make(type);
        Binding raced = bindings.putIfAbsent(type, made);
        return raced == null ? made : raced;
    }

    RecordBinding record(Class<?> type) {
        return (RecordBinding) binding(type);
    }

    private Binding make(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return list(binding(generic.getActualTypeArguments()[0]));
        } else if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return map(binding(generic.getActualTypeArguments()[1]));
        } else if (type instanceof Class<?> raw && raw.isRecord()) {
            RecordComponent[] components = raw.getRecordComponents();
            boolean bare = components.length == 1 && components[0].getName().equals("value");
            return bare ? new BareValueBinding(raw, components[0], this) : new RecordBinding(raw, this);
        } else if (type instanceof Class<?> raw && raw.isInterface()) {
            return new UnionBinding(raw, this);
        }
        throw new IllegalStateException("No binding for " + type);
    }

    private static Binding list(Binding element) {
        return new Binding() {
            @Override
            public Object read(WireReader in) {
                if (in.token() != JsonToken.START_ARRAY) {
                    throw in.mismatch("an array");
                }
                List<Object> list = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    list.add(element.read(in));
                }
                return Collections.unmodifiableList(list);
            }

            @Override
            public void write(Object value, WireWriter out) {
                out.startArray();
                ((List<?>) value).forEach(item -> element.write(item, out));
                out.endArray();
            }
        };
    }

    private static Binding map(Binding member) {
        return new Binding() {
            @Override
            public Object read(WireReader in) {
                in.expectObject();
                Map<String, Object> map = new LinkedHashMap<>();
                String name;
                while ((name = in.nextName()) != null) {
                    in.nextToken();
                    if (map.put(name, member.read(in)) != null) {
                        throw in.duplicate();
                    }
                }
                return Collections.unmodifiableMap(map);
            }

            @Override
            public void write(Object value, WireWriter out) {
                out.startObject();
                ((Map<?, ?>) value).forEach((name, element) -> {
                    out.name((String) name);
                    member.write(element, out);
                });
                out.endObject();
            }
        };
    }
}
