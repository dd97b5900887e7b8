package io.github.realtime4j.server.session;

import static io.github.realtime4j.server.session.TestClient.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedResponse;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever a client sends, it gets an answer and can go on. */
final class HostileInputTest {
    static final List<String> SEEDS = List.of(
            "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"audio\":{\"input\":{\"turn_detection\":"
                    + "{\"type\":\"semantic_vad\",\"eagerness\":\"low\"}}},\"tools\":[{\"type\":\"function\",\"name\":\"f\","
                    + "\"parameters\":{}}],\"max_output_tokens\":5}}",
            "{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"user\",\"content\":"
                    + "[{\"type\":\"input_text\",\"text\":\"a\"},{\"type\":\"input_audio\",\"audio\":\"AAAA\"}]}}",
            "{\"type\":\"response.create\",\"response\":{\"conversation\":\"none\",\"metadata\":{\"a\":\"b\"},\"input\":"
                    + "[{\"type\":\"item_reference\",\"id\":\"x\"}],\"tool_choice\":\"auto\"}}",
            "{\"type\":\"input_audio_buffer.append\",\"event_id\":\"e\",\"audio\":\"AAAAAAAA\"}",
            "{\"type\":\"conversation.item.truncate\",\"item_id\":\"a\",\"content_index\":0,\"audio_end_ms\":1}");

    private final RealtimeServer server = TestClient.server().start();
    private final TestClient client = TestClient.connect(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void textThatIsNoEventIsRefusedAndTheSessionGoesOn() {
        for (String bad :
                List.of("", "{", "[]", "null", "12", "\"a\"", "{\"a\":1,\"a\":2}", "{} {}", "[".repeat(5_000))) {
            client.send(bad);
            assertThat(client.error().get(0)).as(bad).isEqualTo("invalid_json");
        }
        client.send("{}");
        assertThat(client.error().get(1)).isEqualTo("The 'type' field is missing.");
        client.say("{'type':'nope'}");
        assertThat(client.error().get(1)).startsWith("Invalid value: 'nope'. Supported values are: 'session.update', ");
        client.say("{'type':'input_audio_buffer.append','audio':'%%%'}");
        assertThat(client.error().get(2)).isEqualTo("audio");
        client.say("{'type':'input_audio_buffer.append','audio':''}");
        assertThat(client.error().get(1)).endsWith("but got empty bytes.");
        client.say("{'type':'input_audio_buffer.append','audio':'AAAA','x':1}");
        assertThat(client.error().get(1)).isEqualTo("Unknown parameter: 'x'.");
        client.types();
        client.say("{'type':'session.update','session':{'type':'realtime'}}");
        assertThat(client.types()).containsExactly("session.updated");
    }

    @Test
    void theInputBufferIsBounded() {
        client.say("{'type':'session.update','session':{'type':'realtime','audio':{'input':{'turn_detection':null}}}}");
        byte[] much = new byte[8 << 20];
        for (int i = 0; i < 4; i++) {
            client.append(much);
        }
        assertThat(client.types()).containsExactly("session.created", "session.updated");
        client.append(much);
        assertThat(client.error().get(0)).isEqualTo("input_audio_buffer_full");
        client.say("{'type':'input_audio_buffer.clear'}");
        client.types();
        client.append(much);
        assertThat(client.types()).isEmpty();
    }

    @Test
    void brokenEventsNeverBreakTheServer() {
        Random random = new Random(42);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.setCharAt(at, "{}[]\":,0-nt\\".charAt(random.nextInt(12)));
                    case 2 -> text.insert(at, "null,\"9e99\":{}".substring(random.nextInt(10)));
                    default -> text.insert(at, (char) random.nextInt(0xd800));
                }
            }
            client.send(text.toString());
        }
        assertThat(client.end()).isNull();
        assertThat(client.all())
                .filteredOn(event -> at(event, "type").equals("error"))
                .extracting(event -> at(event, "error", "type"))
                .containsOnly("invalid_request_error");
        TestClient other = TestClient.connect(server);
        server.enqueue(ScriptedResponse.text("Fine."));
        other.say("{'type':'response.create'}");
        assertThat(at(other.last("response.done"), "response", "status")).isEqualTo("completed");
    }
}
