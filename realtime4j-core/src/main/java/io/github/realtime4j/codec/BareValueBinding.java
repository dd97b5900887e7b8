package io.github.realtime4j.codec;

import java.lang.reflect.RecordComponent;

/** A record with a single component {@code value}: on the wire just that value. */
final class BareValueBinding implements Binding {
    private final RecordAccess access;
    private final Binding value;

    BareValueBinding(Class<?> type, RecordComponent component, RecordBinder binder) {
        this.access = new RecordAccess(type);
        this.value = binder.binding(component.getGenericType());
    }

    @Override
    public Object read(WireReader in) {
        return access.create(new Object[] {value.read(in)});
    }

    @Override
    public void write(Object record, WireWriter out) {
        Object bare = access.get(record, 0);
        if (bare != null) {
            value.write(bare, out);
        }
    }
}
