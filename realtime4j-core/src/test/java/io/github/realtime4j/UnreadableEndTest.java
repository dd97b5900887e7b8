package io.github.realtime4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.protocol.ProtocolWarning;
import io.github.realtime4j.protocol.ResponseConfig;
import io.github.realtime4j.protocol.ResponseEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server whose {@code response.done} has a shape that nobody expects. */
final class UnreadableEndTest {
    private final SessionRig rig = new SessionRig();
    private final ScriptedServer server = rig.server;

    @AfterEach
    void tearDown() {
        rig.close();
    }

    private void created(String responseId, String conversation) {
        server.say("{\"type\":\"response.created\",\"response\":{\"id\":\"" + responseId + "\"," + conversation
                + "\"status\":\"in_progress\",\"metadata\":{\"realtime4j_event_id\":\""
                + server.eventId("response.create") + "\"}}}");
    }

    private void unreadableDone(String responseId) {
        server.say("{\"type\":\"response.done\",\"response\":{\"id\":\"" + responseId
                + "\",\"status\":\"completed\",\"output\":\"none\"}}");
    }

    @Test
    void theResponseHasFailedAndTheNextOneIsSent() {
        RealtimeSession session = rig.session().connect();
        List<Class<?>> told = new ArrayList<>();
        session.on(ProtocolWarning.class, event -> told.add(event.getClass()));
        session.on(ResponseEvent.Done.class, event -> told.add(event.getClass()));
        ResponseHandle first = session.respond();
        session.respond();
        created("resp_1", "\"conversation_id\":\"conv_1\",");
        unreadableDone("resp_1");

        assertThat(first.done())
                .isCompletedWithValueMatching(outcome -> outcome instanceof Outcome.Failed failed
                        && failed.error() != null
                        && String.valueOf(failed.error().message())
                                .equals("Expected an array but was \"none\" at $.response.output in response.done"));
        assertThat(told).containsExactly(ResponseEvent.Done.class, ProtocolWarning.class);
        assertThat(Collections.frequency(server.types(), "response.create")).isEqualTo(2);
    }

    @Test
    void itIsNotGuessedWhichOfSeveralResponsesIsMeant() {
        RealtimeSession session = rig.session().connect();
        ResponseHandle first = session.respond();
        created("resp_1", "\"conversation_id\":\"conv_1\",");
        session.respond(ResponseConfig.builder().outOfBand().build());
        created("resp_2", "");
        unreadableDone("resp_2");

        assertThat(first.done()).isNotDone();
    }
}
