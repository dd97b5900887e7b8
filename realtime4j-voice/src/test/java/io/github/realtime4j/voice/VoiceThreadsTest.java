package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.SessionState;
import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.audio.WavReader;
import io.github.realtime4j.audio.WavWriter;
import io.github.realtime4j.protocol.Item.Role;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Receiver;
import io.github.realtime4j.transport.Transport;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The voice with its own threads, in memory. */
final class VoiceThreadsTest {
    private static final int RATE = 24_000;

    @TempDir
    private Path directory;

    private final Nearby nearby = new Nearby();
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
        nearby.close();
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
        nearby.server.enqueue(ScriptedResponse.text("Yes, it is fine."));
        CompletableFuture<VoiceEvent.AssistantFinished> finished = new CompletableFuture<>();
        CompletableFuture<VoiceEvent.SourceEnded> ended = new CompletableFuture<>();
        Path out = directory.resolve("assistant.wav");
        try (RealtimeSession session = nearby.session();
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
        nearby.server.enqueue(ScriptedResponse.text("Are you there?"));
        try (RealtimeSession session = nearby.session();
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
        User user = new User(RATE);
        try (RealtimeSession session = nearby.session();
                Voice voice = Voice.attach(session)
                        .clock(fast)
                        .source(new PacedUser(user, fast))
                        .sink(new BrokenSink())
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
    void aSessionThatIsStillConnectingIsWaitedFor() throws Exception {
        CompletableFuture<Void> dialled = new CompletableFuture<>();
        Transport near = nearby.transport();
        Transport slow = new Transport() {
            @Override
            public CompletionStage<Connection> connect(Handshake handshake, Receiver receiver) {
                return dialled.thenCompose(done -> near.connect(handshake, receiver));
            }

            @Override
            public void close() {
                near.close();
            }
        };
        try (RealtimeClient late = nearby.client(slow);
                RealtimeSession session = late.newSession()) {
            session.connectAsync();
            CompletableFuture<Voice> starting = CompletableFuture.supplyAsync(() -> Voice.attach(session)
                    .sink(new ClockedSink(RATE, Duration.ofMillis(100), fast, samples -> {}))
                    .interruptions(Interruptions.sustained(Duration.ofMillis(200)))
                    .start());
            dialled.complete(null);
            starting.get(20, TimeUnit.SECONDS).close();

            TurnDetection.ServerVad detection =
                    (TurnDetection.ServerVad) session.settings().audio().input().turnDetection();
            assertThat(detection.createResponse()).isFalse();
        }
    }

    @Test
    void theThreadsEndWithTheVoice() throws Exception {
        assertThat(threadsOfAClosedVoice(new PacedUser(new User(RATE), fast)))
                .extracting(Thread::getName)
                .contains("realtime4j-voice-input", "realtime4j-voice-output");
    }

    @Test
    void theThreadsEndThoughTheSourceHangs() throws Exception {
        try (PipedOutputStream never = new PipedOutputStream()) {
            threadsOfAClosedVoice(StreamSource.live(new PipedInputStream(never), RATE));
        }
    }

    private List<Thread> threadsOfAClosedVoice(AudioSource source) throws Exception {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        try (RealtimeSession session = nearby.session()) {
            Voice voice = Voice.attach(session)
                    .source(source)
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
        return threads;
    }

    @Test
    void allIsHeardThoughTheConnectionEndsBeforeTheVoiceHasCaughtUp() throws Exception {
        CountDownLatch caughtUp = new CountDownLatch(1);
        nearby.server.enqueue(ScriptedResponse.speech(AudioBytes.wrap(new byte[48 * 60]), "Hm."));
        CompletableFuture<VoiceEvent.AssistantFinished> finished = new CompletableFuture<>();
        try (RealtimeSession session = nearby.client
                .newSession(
                        SessionConfig.builder().turnDetection(TurnDetection.OFF).build())
                .connect()) {
            CountDownLatch told = new CountDownLatch(1);
            Voice voice = Voice.attach(session)
                    .sink(new ClockedSink(RATE, Duration.ofSeconds(1), VoiceClock.SYSTEM, samples -> {}))
                    .threads(task -> {
                        Thread thread = new Thread(() -> {
                            if (Thread.currentThread().getName().endsWith("events")) {
                                try {
                                    caughtUp.await();
                                } catch (InterruptedException e) {
                                    return;
                                }
                            }
                            task.run();
                        });
                        thread.setDaemon(true);
                        return thread;
                    })
                    .on(VoiceEvent.AssistantFinished.class, finished::complete)
                    .start();
            CompletableFuture<Void> sound = new CompletableFuture<>();
            session.on(ResponseEvent.OutputAudioDelta.class, delta -> sound.complete(null));
            session.respond();
            sound.get(20, TimeUnit.SECONDS);
            session.onEnd(end -> told.countDown());
            session.abort();
            assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
            caughtUp.countDown();
            try {
                assertThat(finished.get(5, TimeUnit.SECONDS)).isNotNull();
            } finally {
                voice.close();
            }
        }
    }

    /** Whichever of its threads comes first. */
    @RepeatedTest(200)
    void theVoiceEndsWithItsSession() throws Exception {
        try (RealtimeSession session = nearby.session();
                Voice voice = Voice.attach(session)
                        .sink(new ClockedSink(RATE, Duration.ofMillis(100), fast, samples -> {}))
                        .start()) {
            session.closeAsync();
            assertThat(voice.ended()).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void aHandlerMayCloseTheVoice() throws Exception {
        nearby.server.enqueue(ScriptedResponse.text("It is a fine day in the whole country."));
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Voice[] voice = new Voice[1];
        try (RealtimeSession session = nearby.client.newSession(
                SessionConfig.builder().turnDetection(TurnDetection.OFF).build())) {
            voice[0] = Voice.attach(session)
                    .source(new PacedUser(new User(RATE), fast))
                    .sink(new ClockedSink(RATE, Duration.ofSeconds(1), VoiceClock.SYSTEM, samples -> {}))
                    .on(VoiceEvent.AssistantStarted.class, event -> {
                        voice[0].close();
                        closed.complete(null);
                    })
                    .start();
            session.respond();
            closed.get(20, TimeUnit.SECONDS);
            assertThat(session.state()).isEqualTo(SessionState.OPEN);
        }
    }
}
