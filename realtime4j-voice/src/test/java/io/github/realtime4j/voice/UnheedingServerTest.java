package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** A compatible server that answers turns by itself, whatever it is told. */
final class UnheedingServerTest {
    /** Says so often that it answers turns by itself. */
    private static final int STUBBORN = 40;

    private int told;

    private String unheeding(String json) {
        return json.contains("\"session.updated\"") && told++ < STUBBORN
                ? json.replace("\"create_response\":false", "\"create_response\":true")
                : json;
    }

    @Test
    void itIsNotAskedOverAndOver() throws Exception {
        try (Room room =
                new Room(Room.HANDS_FREE, 24_000, transport -> new Rewritten(transport, this::unheeding), true)) {
            room.start(room.voice(room.sink(24_000)).interruptions(Interruptions.sustained(Duration.ofMillis(200))));
            room.pass(5_000);

            assertThat(Collections.frequency(room.commands(), "session.update")).isLessThan(6);
        }
    }
}
