package io.github.realtime4j.session;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests that were given up while in flight: their responses may yet come. Remembers the newest only. */
final class Tombstones {
    private static final int REMEMBERED = 64;

    private final Map<String, Flight> buried = new LinkedHashMap<>();

    void bury(Flight sent) {
        buried.put(sent.request.eventId(), sent);
        if (buried.size() > REMEMBERED) {
            buried.remove(buried.keySet().iterator().next());
        }
    }

    /** @return what has this event id, once */
    @Nullable
    Flight take(@Nullable String eventId) {
        return eventId == null ? null : buried.remove(eventId);
    }
}
