package io.github.realtime4j.samples;

import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.ResponseHandle;
import io.github.realtime4j.protocol.Modality;
import io.github.realtime4j.protocol.ResponseConfig;

/** A second opinion on a conversation that goes on: a response beside it, which leaves nothing behind in it. */
public class OutOfBandClassification {
    public static void main(String[] args) {
        ResponseConfig mood = ResponseConfig.builder()
                .outOfBand()
                .outputModalities(Modality.TEXT)
                .instructions("Classify the customer's mood. Answer with one of: positive, neutral, negative.")
                .build();
        try (RealtimeClient client = RealtimeClient.builder().build();
                RealtimeSession session = client.newSession().connect()) {
            session.ask("My parcel came today. It is broken, and I am angry!").join();
            ResponseHandle classification = session.respond(mood);
            System.out.println(classification.done().join().text());
            System.out.println(session.history().size() + " items in the conversation");
        }
    }
}
