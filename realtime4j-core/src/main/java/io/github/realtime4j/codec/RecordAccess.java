package io.github.realtime4j.codec;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A record's canonical constructor and accessors, of private records too. */
public final class RecordAccess {
    private final Constructor<?> constructor;
    private final Method[] accessors;

    /**
     * @throws IllegalArgumentException if the record's module does not let this one in
     */
    public RecordAccess(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            this.constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
        this.accessors =
                Arrays.stream(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
        open(type, constructor);
        for (Method accessor : accessors) {
            open(type, accessor);
        }
    }

    private static void open(Class<?> type, AccessibleObject member) {
        try {
            member.setAccessible(true);
        } catch (InaccessibleObjectException e) {
            String self = RecordAccess.class.getModule().getName();
            throw new IllegalArgumentException(
                    "Expected to reach the record " + type.getName()
                            + " by reflection but its module does not allow it: add"
                            + " \"opens " + type.getPackageName() + (self == null ? "" : " to " + self) + ";\" to the"
                            + " module-info.java of " + type.getModule().getName(),
                    e);
        }
    }

    /** The name of a record's component in JSON. */
    public static String wireName(RecordComponent component) {
        return WireNames.snake(component.getName());
    }

    /**
     * A new record. What its constructor throws is thrown as it is.
     */
    public Object create(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw thrown(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value of one component. */
    public @Nullable Object get(Object record, int component) {
        try {
            return accessors[component].invoke(record);
        } catch (InvocationTargetException e) {
            throw thrown(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RuntimeException thrown(InvocationTargetException e) {
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
}
