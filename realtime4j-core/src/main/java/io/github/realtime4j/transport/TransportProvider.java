package io.github.realtime4j.transport;

/** Found by {@link java.util.ServiceLoader}: makes the transport of a client that was not given one. */
public interface TransportProvider {
    Transport create(TransportOptions options);
}
