package io.github.realtime4j.codec;

/** How one Java type is read from and written to JSON. Stateless; shared by all threads. */
interface Binding {
    /** Reads the value at the reader's current token, and leaves the reader at the value's last token. */
    Object read(WireReader in);

    void write(Object value, WireWriter out);
}
