package io.github.realtime4j.codec;

import io.github.realtime4j.json.JsonValue;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sealed interface as "one of these": objects are told apart by their {@code type}, other values by what they are, and
 * whatever is left becomes the interface's {@code Unknown(JsonValue)}. {@code Off} is JSON {@code null}, which the record
 * around it reads and writes.
 */
final class UnionBinding implements Binding {
    private final Class<?> union;
    private final Map<String, RecordBinding> byType = new HashMap<>();
    private final Map<Class<?>, Variant> byClass = new HashMap<>();
    private @Nullable RecordBinding untyped;
    private @Nullable Binding ofString;
    private @Nullable Binding ofNumber;
    private @Nullable Binding ofArray;
    private final RecordAccess unknown;

    /** How one variant is written: with a type, or just so. */
    private record Variant(Binding binding, @Nullable String typeName) {}

    UnionBinding(Class<?> union, RecordBinder binder) {
        this.union = union;
        RecordAccess survivor = null;
        for (Class<?> variant : WireNames.variants(union)) {
            if (variant.getSimpleName().equals("Unknown")) {
                survivor = new RecordAccess(variant);
            } else if (!variant.getSimpleName().equals("Off")) {
                add(variant, binder.binding(variant));
            }
        }
        if (survivor == null) {
            throw new IllegalStateException("No Unknown in " + union.getName());
        }
        this.unknown = survivor;
    }

    private void add(Class<?> variant, Binding binding) {
        if (binding instanceof BareValueBinding) {
            byClass.put(variant, new Variant(binding, null));
            RecordComponent value = variant.getRecordComponents()[0];
            if (value.getType() == String.class) {
                ofString = binding;
            } else if (value.getType() == List.class) {
                ofArray = binding;
            } else {
                ofNumber = binding;
            }
        } else if (WireNames.WITHOUT_TYPE.contains(variant)) {
            untyped = (RecordBinding) binding;
            byClass.put(variant, new Variant(binding, null));
        } else {
            String typeName = WireNames.snake(variant.getSimpleName());
            byType.put(typeName, (RecordBinding) binding);
            byClass.put(variant, new Variant(binding, typeName));
        }
    }

    @Override
    public Object read(WireReader in) {
        return switch (in.token()) {
            case START_OBJECT -> readObject(in);
            case VALUE_STRING -> readBare(in, ofString);
            case VALUE_NUMBER_INT -> readBare(in, ofNumber);
            case START_ARRAY -> readBare(in, ofArray);
            default -> survive(in);
        };
    }

    private Object readObject(WireReader in) {
        WireReader.ObjectType type = in.peekType();
        RecordBinding typed = type.name() == null ? null : byType.get(type.name());
        if (typed != null) {
            return typed.read(in, true);
        }
        return untyped != null && !type.present() ? untyped.read(in, false) : survive(in);
    }

    private Object readBare(WireReader in, @Nullable Binding binding) {
        return binding == null ? survive(in) : binding.read(in);
    }

    private Object survive(WireReader in) {
        JsonValue json = in.json();
        return unknown.create(new Object[] {json});
    }

    @Override
    public void write(Object value, WireWriter out) {
        Variant variant = byClass.get(value.getClass());
        if (variant == null) {
            out.json((JsonValue) unknownJson(value));
        } else if (variant.typeName == null) {
            variant.binding.write(value, out);
        } else {
            boolean afterFirst = WireNames.TYPE_AFTER_ID.contains(union);
            ((RecordBinding) variant.binding).write(value, out, variant.typeName, afterFirst);
        }
    }

    private Object unknownJson(Object value) {
        Object json = unknown.get(value, 0);
        if (json == null) {
            throw new IllegalArgumentException(
                    "Expected JSON in " + value.getClass().getName() + " but was null");
        }
        return json;
    }
}
