package io.github.realtime4j.voice;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.ManualTime;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Receiver;
import io.github.realtime4j.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;

/** Delivers what the server sends late, each message as it likes, and cuts audio into pieces of any size, odd ones too. */
final class UnsteadyNetwork implements Transport {
    private static final int LATEST_MS = 120;

    private final Transport transport;
    private final ManualTime time;
    private final Random random;
    private final Map<String, Integer> delivered = new HashMap<>();
    private final Map<String, Long> cuts = new HashMap<>();
    private final List<String> errors = new ArrayList<>();
    private Instant last = Instant.EPOCH;

    UnsteadyNetwork(Transport transport, ManualTime time, Random random) {
        this.transport = transport;
        this.time = time;
        this.random = random;
    }

    /** Bytes of an item's audio that have reached the client. */
    int delivered(String itemId) {
        return delivered.getOrDefault(itemId, 0);
    }

    /** Where the server has cut items, in milliseconds. */
    Map<String, Long> cuts() {
        return cuts;
    }

    /** Codes of what the server has refused. */
    List<String> errors() {
        return errors;
    }

    @Override
    public CompletionStage<Connection> connect(Handshake handshake, Receiver receiver) {
        return transport.connect(handshake, new ForwardingReceiver(receiver) {
            @Override
            public void onMessage(ByteBuffer message) {
                String text = StandardCharsets.UTF_8.decode(message).toString();
                if (text.contains("\"response.output_audio.delta\"")) {
                    split(JsonObject.parse(text));
                } else {
                    if (text.contains("\"conversation.item.") || text.contains("\"error\"")) {
                        remember(JsonObject.parse(text));
                    }
                    later(() -> receiver.onMessage(utf8(text)));
                }
            }

            private void remember(JsonObject event) {
                String itemId = event.string("item_id");
                switch (event.string("type")) {
                    case "conversation.item.truncated" ->
                        cuts.put(
                                itemId, Long.parseLong(event.get("audio_end_ms").toString()));
                    case "conversation.item.deleted" -> cuts.put(itemId, 0L);
                    case "error" -> errors.add(event.object("error").string("code"));
                    default -> {}
                }
            }

            private void split(JsonObject event) {
                byte[] audio = Base64.getDecoder().decode(event.string("delta"));
                for (int from = 0; from < audio.length; ) {
                    int to = Math.min(audio.length, from + 1 + random.nextInt(audio.length));
                    byte[] piece = Arrays.copyOfRange(audio, from, to);
                    String text = event.with("delta", Base64.getEncoder().encodeToString(piece))
                            .toString();
                    later(() -> {
                        delivered.merge(event.string("item_id"), piece.length, Integer::sum);
                        receiver.onMessage(utf8(text));
                    });
                    from = to;
                }
            }

            @Override
            public void onEnd(ConnectionEnd end) {
                later(() -> receiver.onEnd(end));
            }
        });
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private void later(Runnable delivery) {
        Instant due = time.instant().plusMillis(random.nextInt(LATEST_MS));
        last = due.isBefore(last) ? last : due;
        time.schedule(Duration.between(time.instant(), last), delivery);
    }

    @Override
    public void close() {
        transport.close();
    }
}
