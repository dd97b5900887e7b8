package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.audio.WavReader;
import io.github.realtime4j.audio.WavWriter;
import io.github.realtime4j.protocol.Item.Role;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.server.speech.ToneSynthesizer;
import io.github.realtime4j.transport.InMemoryTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The voice with its own threads, in memory. */
final class VoiceThreadsTest {
    private static final int RATE = 24_000;

    @TempDir
    private Path directory;

    private final RealtimeServer server = RealtimeServer.builder()
            .inMemory()
            .synthesizer(new ToneSynthesizer())
            .start();
    private final RealtimeClient client = RealtimeClient.builder()
            .endpoint(Endpoint.custom(URI.create("ws://test/v1/realtime")))
            .apiKey("test")
            .transport(new InMemoryTransport(server.acceptor()))
            .build();
    private final VoiceClock fast = new FastClock(10);

    /** Runs faster than the world. */
    private record FastClock(int speed) implements VoiceClock {
        @Override
        public long nanos() {
            return System.nanoTime() * speed;
        }

        @Override
        public void sleepUntil(long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep((nanos - nanos()) / speed);
        }
    }

    @AfterEach
    void tearDown() {
        client.close();
        server.close();
    }

    private RealtimeSession session() {
        return client.newSession(SessionConfig.builder()
                .turnDetection(TurnDetection.serverVad().silenceDurationMs(200))
                .build());
    }

    private Path file(String text) throws IOException {
        Path file = directory.resolve("user.wav");
        try (WavWriter writer = WavWriter.create(file, RATE, 1)) {
            writer.write(User.speech(text, RATE));
        }
        return file;
    }

    @Test
    void aFileIsAnsweredIntoAFile() throws Exception {
        server.enqueue(ScriptedResponse.text("Yes, it is fine."));
        CompletableFuture<VoiceEvent.AssistantFinished> finished = new CompletableFuture<>();
        CompletableFuture<VoiceEvent.SourceEnded> ended = new CompletableFuture<>();
        Path out = directory.resolve("assistant.wav");
        try (RealtimeSession session = session();
                Voice voice = Voice.attach(session)
                        .clock(fast)
                        .source(WavSource.open(file("Is the weather fine?"), fast))
                        .sink(WavSink.create(out, RATE, fast))
                        .on(VoiceEvent.AssistantFinished.class, finished::complete)
                        .on(VoiceEvent.SourceEnded.class, ended::complete)
                        .start()) {
            assertThat(ended.get(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(finished.get(20, TimeUnit.SECONDS).transcript()).isEqualTo("Yes, it is fine.");
            assertThat(voice.isSilent()).isTrue();
        }
        try (WavReader reader = WavReader.open(out)) {
            assertThat(Pcm16.peak(reader.read(100 * RATE))).isGreaterThan(1_000);
        }
    }

    @Test
    void aBrokenMicrophoneIsToldAndLeavesTheAssistantAlone() throws Exception {
        CompletableFuture<VoiceEvent.Failed> failed = new CompletableFuture<>();
        CompletableFuture<VoiceEvent.AssistantFinished> finished = new CompletableFuture<>();
        AudioSource broken = new AudioSource() {
            @Override
            public int sampleRate() {
                return 16_000;
            }

            @Override
            public int read(short[] samples, int offset, int length) throws IOException {
                throw new IOException("The microphone is gone");
            }

            @Override
            public void close() {}
        };
        server.enqueue(ScriptedResponse.text("Are you there?"));
        try (RealtimeSession session = session();
                Voice voice = Voice.attach(session)
                        .clock(fast)
                        .source(broken)
                        .sink(new ClockedSink(RATE, Duration.ofMillis(100), fast, samples -> {}))
                        .on(VoiceEvent.Failed.class, failed::complete)
                        .on(VoiceEvent.AssistantFinished.class, finished::complete)
                        .start()) {
            assertThat(failed.get(20, TimeUnit.SECONDS).problem()).hasMessage("The microphone is gone");
            assertThat(failed.join().speaker()).isEqualTo(Role.USER);
            session.respond();
            assertThat(finished.get(20, TimeUnit.SECONDS).transcript()).isEqualTo("Are you there?");
            assertThat(voice.isMuted()).isFalse();
        }
    }

    @Test
    void aBrokenSpeakerIsToldAndTheUserIsStillHeard() throws Exception {
        CompletableFuture<VoiceEvent.Failed> failed = new CompletableFuture<>();
        CountDownLatch heard = new CountDownLatch(2);
        AudioSink broken = new AudioSink() {
            @Override
            public int sampleRate() {
                return RATE;
            }

            @Override
            public void write(short[] samples, int offset, int length) throws IOException {
                throw new IOException("The speaker is gone");
            }

            @Override
            public long playedSamples() {
                return 0;
            }

            @Override
            public void flush() {}

            @Override
            public void drain() {}

            @Override
            public void close() {}
        };
        User user = new User(RATE);
        try (RealtimeSession session = session();
                Voice voice = Voice.attach(session)
                        .clock(fast)
                        .source(new PacedUser(user, fast))
                        .sink(broken)
                        .on(VoiceEvent.Failed.class, failed::complete)
                        .on(VoiceEvent.UserStopped.class, event -> heard.countDown())
                        .start()) {
            user.say("Is the weather fine?");
            assertThat(failed.get(20, TimeUnit.SECONDS).problem()).hasMessage("The speaker is gone");
            user.say("Is the weather fine?");
            assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(voice.isSilent()).isTrue();
        }
    }

    /** Somebody who takes his time. */
    private record PacedUser(User user, VoiceClock clock) implements AudioSource {
        @Override
        public int sampleRate() {
            return user.sampleRate();
        }

        @Override
        public int read(short[] samples, int offset, int length) throws IOException {
            try {
                clock.sleepUntil(clock.nanos() + Pacer.nanos(length, user.sampleRate()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
            return user.read(samples, offset, length);
        }

        @Override
        public void close() {}
    }

    @Test
    void theThreadsEndWithTheVoice() throws Exception {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        try (RealtimeSession session = session()) {
            Voice voice = Voice.attach(session)
                    .source(new PacedUser(new User(RATE), fast))
                    .sink(new ClockedSink(RATE, Duration.ofMillis(100), fast, samples -> {}))
                    .on(VoiceEvent.class, event -> {})
                    .threads(task -> {
                        Thread thread = new Thread(task);
                        thread.setDaemon(true);
                        threads.add(thread);
                        return thread;
                    })
                    .start();
            voice.close();
            voice.close();
        }
        for (Thread thread : threads) {
            thread.join(20_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
        assertThat(threads).extracting(Thread::getName).contains("realtime4j-voice-input", "realtime4j-voice-output");
    }
}
