package io.github.realtime4j.tool;

import io.github.realtime4j.codec.RecordAccess;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the shape of one tool's arguments, record by record; refuses what a JSON Schema without references cannot say. */
final class Shapes {
    /** The records that are being looked into, outermost first. */
    private final Deque<Class<?>> trail = new ArrayDeque<>();

    private Shapes() {}

    static RecordShape of(Class<? extends Record> type) {
        return new Shapes().record(type);
    }

    private RecordShape record(Class<?> type) {
        if (trail.contains(type)) {
            String round = trail.stream().map(Class::getSimpleName).collect(Collectors.joining(" -> "));
            throw new IllegalArgumentException("Expected arguments that end somewhere but " + type.getName()
                    + " contains itself: " + round + " -> " + type.getSimpleName());
        }
        trail.addLast(type);
        List<RecordShape.Property> properties = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.add(property(component));
        }
        trail.removeLast();
        return new RecordShape(type, properties);
    }

    private RecordShape.Property property(RecordComponent component) {
        Type type = component.getGenericType();
        boolean wrapped = component.getType() == Optional.class && type instanceof ParameterizedType;
        if (wrapped) {
            type = ((ParameterizedType) type).getActualTypeArguments()[0];
        }
        boolean nullable = isNullable(component) || isNullable(component.getAnnotatedType());
        if (nullable && component.getType().isPrimitive()) {
            throw new IllegalArgumentException("Expected a type that can be null but was " + type + where(component));
        }
        Description description = component.getAnnotation(Description.class);
        return new RecordShape.Property(
                RecordAccess.wireName(component),
                shape(type, component),
                wrapped || nullable,
                wrapped,
                description == null ? null : description.value());
    }

    /** Whose annotation it is does not matter: there are many of this name. */
    private static boolean isNullable(AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            if (annotation.annotationType().getSimpleName().equals("Nullable")) {
                return true;
            }
        }
        return false;
    }

    private Shape shape(Type type, RecordComponent component) {
        Shape scalar = type instanceof Class<?> raw ? ScalarShape.BY_TYPE.get(raw) : null;
        if (scalar != null) {
            return scalar;
        } else if (type instanceof Class<?> raw && raw.isEnum()) {
            return new EnumShape(raw);
        } else if (type instanceof Class<?> raw && raw.isRecord()) {
            return record(raw);
        } else if (type instanceof ParameterizedType generic) {
            Shape several = several(generic, component);
            if (several != null) {
                return several;
            }
        }
        throw new IllegalArgumentException(
                "Expected a string, number, boolean, enum, record, JsonValue, or a List, Set,"
                        + " Map by strings or Optional of these but was " + type.getTypeName() + where(component));
    }

    private @Nullable Shape several(ParameterizedType generic, RecordComponent component) {
        Type raw = generic.getRawType();
        Type[] arguments = generic.getActualTypeArguments();
        if (raw == List.class || raw == Collection.class) {
            return new CollectionShape(List.class, shape(arguments[0], component));
        } else if (raw == Set.class) {
            return new CollectionShape(Set.class, shape(arguments[0], component));
        } else if (raw == Map.class && arguments[0] == String.class) {
            return new CollectionShape(Map.class, shape(arguments[1], component));
        }
        return null;
    }

    private static String where(RecordComponent component) {
        return " at " + component.getDeclaringRecord().getName() + "." + component.getName();
    }
}
