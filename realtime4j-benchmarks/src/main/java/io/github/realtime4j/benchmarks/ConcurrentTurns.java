package io.github.realtime4j.benchmarks;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeConnection;
import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.ErrorEvent;
import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.server.speech.FreeTtsSynthesizer;
import io.github.realtime4j.server.speech.SpeechChunk;
import io.github.realtime4j.server.speech.Utterance;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Many sessions at once from one client, each with one spoken turn that voice activity detection must find and the server
 * must answer aloud. Prints how many completed and how long they took.
 *
 * <pre>java -cp 'realtime4j-benchmarks/target/classes:realtime4j-benchmarks/target/lib/*' \
 *     io.github.realtime4j.benchmarks.ConcurrentTurns ws://127.0.0.1:PORT/v1/realtime 200</pre>
 */
public final class ConcurrentTurns {
    private static final int CHUNK_BYTES = 4_800;
    private static final int SILENCE_BYTES = 48_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private ConcurrentTurns() {}

    /** What one session saw. */
    private record Turn(long answeredMillis, int audioBytes) {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2) {
            System.err.println("Usage: ConcurrentTurns URL SESSIONS");
            System.exit(2);
        }
        Endpoint endpoint = Endpoint.custom(URI.create(arguments[0]));
        int sessions = Integer.parseInt(arguments[1]);
        byte[] speech = speech();
        ExecutorService threads = Executors.newFixedThreadPool(sessions);
        long began = System.nanoTime();
        try (RealtimeClient client = RealtimeClient.builder()
                .apiKey("sk-any")
                .connectTimeout(Duration.ofSeconds(60))
                .build()) {
            List<Future<Turn>> turns = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                turns.add(threads.submit(() -> turn(client, endpoint, speech)));
            }
            report(turns, began);
        } finally {
            threads.shutdownNow();
        }
    }

    private static byte[] speech() {
        ByteArrayOutputStream pcm = new ByteArrayOutputStream();
        Iterator<SpeechChunk> chunks =
                FreeTtsSynthesizer.shared().speak(new Utterance("What time is it in London?", "echo", 1.0));
        while (chunks.hasNext()) {
            pcm.writeBytes(chunks.next().audio().toByteArray());
        }
        pcm.writeBytes(new byte[SILENCE_BYTES]);
        return pcm.toByteArray();
    }

    private static Turn turn(RealtimeClient client, Endpoint endpoint, byte[] speech) throws InterruptedException {
        try (RealtimeConnection connection = client.open(endpoint)) {
            long spoken = System.nanoTime();
            for (int at = 0; at < speech.length; at += CHUNK_BYTES) {
                int length = Math.min(CHUNK_BYTES, speech.length - at);
                connection.send(new ClientEvent.InputAudioBufferAppend(AudioBytes.copyOf(speech, at, length)));
            }
            boolean heard = false;
            int audioBytes = 0;
            while (true) {
                ServerEvent event = connection
                        .receive(PATIENCE)
                        .orElseThrow(() -> new IllegalStateException("nothing for " + PATIENCE));
                if (event instanceof InputAudioBufferEvent.SpeechStopped) {
                    heard = true;
                } else if (event instanceof ResponseEvent.OutputAudioDelta delta) {
                    audioBytes += delta.delta().size();
                } else if (event instanceof ErrorEvent error) {
                    throw new IllegalStateException(error.error().message());
                } else if (event instanceof ResponseEvent.Done done) {
                    if (!heard
                            || !Response.Status.COMPLETED.equals(done.response().status())
                            || audioBytes == 0) {
                        throw new IllegalStateException(
                                "ended as " + done.response().status());
                    }
                    return new Turn(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - spoken), audioBytes);
                }
            }
        }
    }

    private static void report(List<Future<Turn>> turns, long began) throws InterruptedException, TimeoutException {
        List<Long> millis = new ArrayList<>();
        long audioBytes = 0;
        for (Future<Turn> each : turns) {
            try {
                Turn turn = each.get(5, TimeUnit.MINUTES);
                millis.add(turn.answeredMillis());
                audioBytes += turn.audioBytes();
            } catch (ExecutionException e) {
                System.err.println("failed: " + e.getCause());
            }
        }
        millis.sort(null);
        long total = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        System.out.printf("%d of %d completed in %d ms%n", millis.size(), turns.size(), total);
        if (!millis.isEmpty()) {
            System.out.printf(
                    "speech sent to answer complete: p50 %d ms, p99 %d ms; %d s of speech received%n",
                    millis.get(millis.size() / 2), millis.get(millis.size() * 99 / 100), audioBytes / 48_000);
        }
        if (millis.size() < turns.size()) {
            System.exit(1);
        }
    }
}
