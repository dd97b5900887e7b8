package io.github.realtime4j.codec;

/** UTF-8 JSON messages to events and back. */
public final class EventCodec {
    private EventCodec() {}
}
