package io.github.realtime4j.samples;

import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Modality;
import io.github.realtime4j.protocol.SessionConfig;

/** A written answer, printed while it is being written. */
public class StreamingText {
    public static void main(String[] args) {
        SessionConfig written =
                SessionConfig.builder().outputModalities(Modality.TEXT).build();
        try (RealtimeClient client = RealtimeClient.builder().build();
                RealtimeSession session = client.newSession(written).connect()) {
            for (String piece : session.turn(Item.userText("Tell me a joke.")).text()) {
                System.out.print(piece);
                System.out.flush();
            }
            System.out.println();
        }
    }
}
