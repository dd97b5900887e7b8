package io.github.realtime4j.session;

import io.github.realtime4j.protocol.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Responses that do not hold the default conversation: out of band, or overtaken by the next on a server that ends none.
 * Confined to its owner.
 */
final class Beside {
    private final ResponseSequencer.Wire wire;

    /** Out-of-band requests that were sent and not answered, by event id, in the order of sending. */
    private final Map<String, Flight> flights = new LinkedHashMap<>(2);

    /** What runs, by response id. */
    private final Map<String, ResponseRequest> running = new LinkedHashMap<>(2);

    Beside(ResponseSequencer.Wire wire) {
        this.wire = wire;
    }

    void sent(Flight flight) {
        flights.put(flight.request.eventId(), flight);
    }

    /** Takes a request out of flight: it has its answer, or will get none. */
    @Nullable
    Flight take(@Nullable String eventId) {
        return eventId == null ? null : flights.remove(eventId);
    }

    /** Takes the request that was sent first; null if none is in flight. */
    @Nullable
    Flight takeFirst() {
        return flights.isEmpty()
                ? null
                : flights.remove(flights.keySet().iterator().next());
    }

    /** The server has begun the response of a request that was in flight here. */
    void arrived(Flight flight, Response response) {
        String id = String.valueOf(response.id());
        flight.deadline.cancel();
        running.put(id, flight.request);
        flight.request.created(response);
        if (flight.withdrawn) {
            wire.cancel(id);
        }
    }

    /** A response goes on although the next has begun on the default conversation. */
    void overtaken(String responseId, ResponseRequest request) {
        running.put(responseId, request);
    }

    /** @return whether it ran here */
    boolean done(Response response) {
        ResponseRequest request = running.remove(String.valueOf(response.id()));
        if (request != null) {
            request.done(response);
        }
        return request != null;
    }

    /** Stops a request, in flight or running; no harm if it is neither. */
    void cancel(ResponseRequest request) {
        Flight flight = flights.get(request.eventId());
        if (flight != null) {
            flight.withdrawn = true;
        }
        running.forEach((responseId, other) -> {
            if (other == request) {
                wire.cancel(responseId);
            }
        });
    }

    /** Stops a running response; no harm if it does not run here. */
    void cancel(String responseId) {
        if (running.containsKey(responseId)) {
            wire.cancel(responseId);
        }
    }

    /** Whether nothing runs here. */
    boolean isQuiet() {
        return running.isEmpty();
    }

    boolean isOutOfBand(@Nullable String responseId) {
        ResponseRequest request = running.get(responseId);
        return request != null && request.isOutOfBand();
    }

    /** Forgets everything, and gives the requests that are left without an end. */
    List<ResponseRequest> drain() {
        List<ResponseRequest> left = new ArrayList<>(running.values());
        flights.values().forEach(flight -> {
            flight.deadline.cancel();
            left.add(flight.request);
        });
        running.clear();
        flights.clear();
        return left;
    }
}
