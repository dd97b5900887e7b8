package io.github.realtime4j.benchmarks;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.protocol.Modality;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.SessionEvent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Many sessions that do nothing, from one client: opens them, measures the heap that each takes, and then changes the
 * instructions of all at once. The server belongs into another process, and both need as many file descriptors as there
 * are sessions.
 *
 * <pre>java -Xmx1g -cp 'realtime4j-benchmarks/target/classes:realtime4j-benchmarks/target/lib/*' \
 *     io.github.realtime4j.benchmarks.IdleSessions ws://127.0.0.1:PORT/v1/realtime 10000</pre>
 */
public final class IdleSessions {
    private static final int AT_A_TIME = 200;
    private static final int COLLECTIONS = 5;

    private IdleSessions() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2) {
            System.err.println("Usage: IdleSessions URL SESSIONS");
            System.exit(2);
        }
        int count = Integer.parseInt(arguments[1]);
        try (RealtimeClient client = RealtimeClient.builder()
                .endpoint(Endpoint.custom(URI.create(arguments[0])))
                .apiKey("sk-any")
                .connectTimeout(Duration.ofSeconds(60))
                .build()) {
            // Classes, pools and threads are there with the first session.
            open(client, 1).get(0).close();
            long before = usedHeap();
            long began = System.nanoTime();
            List<RealtimeSession> sessions = open(client, count);
            long opened = millisSince(began);
            long perSession = (usedHeap() - before) / count;
            System.out.printf("%d sessions open after %d ms%n", sessions.size(), opened);
            System.out.printf("%d bytes of heap per idle session%n", perSession);
            broadcast(sessions);
            long idle = (usedHeap() - before) / count;
            System.out.printf("%d bytes of heap per session after the update%n", idle);
        }
    }

    private static List<RealtimeSession> open(RealtimeClient client, int count) throws InterruptedException {
        Semaphore permits = new Semaphore(AT_A_TIME);
        List<RealtimeSession> sessions = new ArrayList<>();
        List<CompletableFuture<RealtimeSession>> opening = new ArrayList<>();
        SessionConfig config =
                SessionConfig.builder().outputModalities(Modality.TEXT).build();
        for (int i = 0; i < count; i++) {
            permits.acquire();
            RealtimeSession session = client.newSession(config);
            session.on(SessionEvent.Updated.class, updated -> {});
            sessions.add(session);
            opening.add(session.connectAsync().whenComplete((open, problem) -> permits.release()));
        }
        join(opening);
        return sessions;
    }

    private static void broadcast(List<RealtimeSession> sessions) {
        SessionConfig change =
                SessionConfig.builder().instructions("Answer in one word.").build();
        long began = System.nanoTime();
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (RealtimeSession session : sessions) {
            answers.add(session.update(change));
        }
        int acknowledged = join(answers);
        System.out.printf(
                "%d of %d updates acknowledged after %d ms%n", acknowledged, answers.size(), millisSince(began));
        if (acknowledged < answers.size()) {
            System.exit(1);
        }
    }

    private static int join(List<? extends CompletableFuture<?>> futures) {
        int succeeded = 0;
        for (CompletableFuture<?> future : futures) {
            try {
                future.join();
                succeeded++;
            } catch (CompletionException e) {
                System.err.println("failed: " + e.getCause());
            }
        }
        return succeeded;
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            runtime.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static long millisSince(long began) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }
}
