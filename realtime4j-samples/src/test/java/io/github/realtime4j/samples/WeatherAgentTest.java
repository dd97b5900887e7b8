package io.github.realtime4j.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.tool.FunctionTool;
import org.junit.jupiter.api.Test;

class WeatherAgentTest {
    record Place(String city) {}

    record Weather(int temperature, String sky) {}

    @Test
    void looksUpTheWeatherBeforeItAnswers() throws Exception {
        try (RealtimeServer server = RealtimeServer.start();
                RealtimeClient client = RealtimeClient.builder()
                        .endpoint(Endpoint.custom(server.uri()))
                        .apiKey("any")
                        .build()) {
            server.enqueue(ScriptedResponse.functionCall("get_weather", "{\"city\": \"Porto\"}"));
            try (RealtimeSession session = client.newSession()) {
                session.onCall(
                        FunctionTool.of("get_weather", "The weather in a city now", Place.class),
                        place -> new Weather(12, "rainy in " + place.city()));
                assertThat(session.connect()
                                .ask("Do I need an umbrella?")
                                .join()
                                .text())
                        .isEqualTo("The temperature is 12 and the sky is rainy in Porto.");
            }
            assertThat(server.takeSession().types())
                    .containsExactly(
                            "session.update",
                            "conversation.item.create",
                            "response.create",
                            "conversation.item.create",
                            "response.create");
        }
    }
}
