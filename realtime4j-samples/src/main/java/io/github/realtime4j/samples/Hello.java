package io.github.realtime4j.samples;

import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;

public class Hello {
    public static void main(String[] args) {
        try (RealtimeClient client = RealtimeClient.builder().build(); // the key is OPENAI_API_KEY
                RealtimeSession session = client.newSession().connect()) {
            System.out.println(session.ask("Say hello to Java.").join().text());
        }
    }
}
