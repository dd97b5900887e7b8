package io.github.realtime4j;

/** Makes connections and sessions; shares one transport among them. */
public final class RealtimeClient {
    private RealtimeClient() {}
}
