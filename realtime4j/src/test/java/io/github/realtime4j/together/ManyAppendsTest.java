package io.github.realtime4j.together;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.RealtimeServer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A burst of appends from several threads, over a socket. */
final class ManyAppendsTest {
    private static final int THREADS = 4;
    private static final int APPENDS = 2_500;

    @Test
    void nothingIsLostOrRefusedAndEachThreadsOrderIsKept() throws Exception {
        try (RealtimeServer server =
                        RealtimeServer.builder().recording(64 << 20, 1).start();
                RealtimeClient client = RealtimeClient.builder()
                        .endpoint(Endpoint.custom(server.uri()))
                        .apiKey("test")
                        .build();
                RealtimeSession session = client.newSession(
                        SessionConfig.builder().turnDetection(TurnDetection.OFF).build())) {
            session.connect();
            List<CompletableFuture<Void>> senders = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                senders.add(
                        CompletableFuture.runAsync(() -> appendAll(session, number), task -> new Thread(task).start()));
            }
            CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            session.input().commit().get(60, TimeUnit.SECONDS);
            session.closeAsync().get(60, TimeUnit.SECONDS);

            List<List<Integer>> arrived = arrived(server);
            for (List<Integer> ofOneThread : arrived) {
                assertThat(ofOneThread).hasSize(APPENDS).isSorted();
            }
        }
    }

    /** Each piece says who sent it and which it is. */
    private static void appendAll(RealtimeSession session, int thread) {
        for (int i = 0; i < APPENDS; i++) {
            byte[] piece = new byte[960];
            ByteBuffer.wrap(piece).putInt(thread).putInt(i);
            session.input().append(AudioBytes.wrap(piece));
        }
    }

    private static List<List<Integer>> arrived(RealtimeServer server) throws Exception {
        List<List<Integer>> arrived = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            arrived.add(new ArrayList<>());
        }
        for (JsonObject event : server.takeSession(Duration.ofSeconds(10)).sent()) {
            if (!"input_audio_buffer.append".equals(event.string("type"))) {
                continue;
            }
            ByteBuffer piece =
                    AudioBytes.fromBase64(String.valueOf(event.string("audio"))).asByteBuffer();
            arrived.get(piece.getInt()).add(piece.getInt());
        }
        return arrived;
    }
}
