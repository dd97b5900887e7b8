package io.github.realtime4j.benchmarks;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.netty.NettyTransport;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.Pacing;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.server.speech.FreeTtsSynthesizer;
import io.github.realtime4j.server.speech.SpeechChunk;
import io.github.realtime4j.server.speech.Utterance;
import io.github.realtime4j.voice.Voice;
import io.github.realtime4j.voice.VoiceEvent;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What a voice adds to the time that sound takes, and what a conversation costs, against the embedded server on loopback.
 * The microphone and the loudspeaker are arithmetic on the real clock, and the wire is where a message is given to the
 * transport or comes from it. Every turn of the user interrupts the answer to the last one.
 *
 * <pre>java -cp 'realtime4j-benchmarks/target/classes:realtime4j-benchmarks/target/lib/*' \
 *     io.github.realtime4j.benchmarks.VoiceLatency [TURNS]</pre>
 */
public final class VoiceLatency {
    private static final int TURNS = 60;
    private static final int WARM_UP = 10;
    private static final String QUESTION = "Tell me about it.";
    private static final String ANSWER = "It is a fine day in the whole country, and tomorrow it will rain a lot, "
            + "in the north more than in the south, and the day after that nobody knows.";

    private VoiceLatency() {}

    public static void main(String[] arguments) throws InterruptedException {
        int turns = arguments.length > 0 ? Integer.parseInt(arguments[0]) : TURNS;
        converse(WARM_UP, Duration.ZERO);
        report("no jitter buffer", converse(turns, Duration.ZERO));
        report("a jitter buffer of 100 ms", converse(turns, Duration.ofMillis(100)));
    }

    private record Outcome(VoiceStopwatch times, double process, double voice) {}

    private static Outcome converse(int turns, Duration prebuffer) throws InterruptedException {
        VoiceStopwatch times = new VoiceStopwatch();
        Semaphore heard = new Semaphore(0);
        VoiceStopwatch.Microphone user = times.microphone(speech());
        Random random = new Random(1);
        SessionConfig config = SessionConfig.builder()
                .turnDetection(TurnDetection.serverVad().silenceDurationMs(200))
                .build();
        try (RealtimeServer server = RealtimeServer.builder()
                        .pacing(Pacing.SERVICE)
                        .recording(0, 1)
                        .start();
                RealtimeClient client = RealtimeClient.builder()
                        .endpoint(Endpoint.custom(server.uri()))
                        .apiKey("sk-any")
                        .transport(times.wire(new NettyTransport()))
                        .build();
                RealtimeSession session = client.newSession(config);
                Voice voice = Voice.attach(session)
                        .source(user)
                        .sink(times.loudspeaker())
                        .prebuffer(prebuffer)
                        .on(VoiceEvent.AssistantStarted.class, event -> heard.release())
                        .start()) {
            Duration began = voice.elapsed();
            long processBefore = processNanos();
            for (int i = 0; i < turns; i++) {
                server.enqueue(ScriptedResponse.text(ANSWER));
                user.speak();
                if (!heard.tryAcquire(30, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("Turn " + i + " was not answered");
                }
                TimeUnit.MILLISECONDS.sleep(300 + random.nextInt(700));
            }
            double wall = voice.elapsed().minus(began).toNanos();
            return new Outcome(times, (processNanos() - processBefore) / wall, voiceNanos() / wall);
        }
    }

    private static short[] speech() {
        short[] all = {};
        Iterator<SpeechChunk> chunks = FreeTtsSynthesizer.shared().speak(new Utterance(QUESTION, "echo", 1));
        while (chunks.hasNext()) {
            all = Pcm16.concat(all, chunks.next().samples());
        }
        return all;
    }

    private static long processNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    /** Of the threads of the voice that runs. */
    private static long voiceNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("realtime4j-voice-")) {
                sum += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return sum;
    }

    private static void report(String what, Outcome outcome) {
        System.out.println("With " + what + ":");
        outcome.times.report();
        System.out.printf(
                Locale.ROOT,
                "  one core: %.1f %% client, server and JVM, %.1f %% the four threads of the voice%n",
                100 * outcome.process,
                100 * outcome.voice);
    }
}
