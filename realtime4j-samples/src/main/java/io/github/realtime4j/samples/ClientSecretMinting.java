package io.github.realtime4j.samples;

import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.protocol.ClientSecret;
import io.github.realtime4j.protocol.SessionConfig;
import java.time.Duration;

/** A back end mints a key that lasts a minute; a browser, or here a second client, opens its session with it. */
public class ClientSecretMinting {
    public static void main(String[] args) {
        SessionConfig config = SessionConfig.builder()
                .instructions("You are a polite receptionist.")
                .build();
        ClientSecret secret;
        try (RealtimeClient backEnd = RealtimeClient.builder().build()) {
            secret = backEnd.clientSecrets()
                    .create(config, Duration.ofMinutes(1))
                    .join();
        }
        try (RealtimeClient device =
                        RealtimeClient.builder().apiKey(secret.value()).build();
                RealtimeSession session = device.newSession().connect()) {
            System.out.println(secret.value().substring(0, 3) + "… gives a session with these instructions:");
            System.out.println(session.settings().instructions());
        }
    }
}
