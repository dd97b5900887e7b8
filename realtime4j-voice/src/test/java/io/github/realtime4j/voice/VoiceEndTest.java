package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.protocol.Item.Role;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A voice comes to its end whatever the application does meanwhile, and leaves nothing behind. */
final class VoiceEndTest {
    private static final int RATE = 24_000;
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Nearby nearby = new Nearby();
    private final RealtimeSession session = nearby.client.newSession();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    @AfterEach
    void tearDown() {
        nearby.close();
    }

    private Voice.Builder voice(AudioSink sink) {
        return Voice.attach(session).sink(sink).threads(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        });
    }

    private static ClockedSink sink() {
        return new ClockedSink(RATE, Duration.ofMillis(100), VoiceClock.SYSTEM, samples -> {});
    }

    private Thread thread(String name) {
        return threads.stream()
                .filter(each -> each.getName().endsWith(name))
                .findFirst()
                .orElseThrow();
    }

    /** Hears nothing, and waits until it is closed. */
    private static class Silent implements AudioSource {
        private final CompletableFuture<Void> closed = new CompletableFuture<>();

        @Override
        public int sampleRate() {
            return RATE;
        }

        @Override
        public int read(short[] samples, int offset, int length) {
            closed.join();
            return -1;
        }

        @Override
        public void close() {
            closed.complete(null);
        }
    }

    @Test
    void aHandlerOfTheSessionsEndMayWaitForTheVoice() {
        CompletableFuture<Voice> started = new CompletableFuture<>();
        CompletableFuture<Void> heardOut = new CompletableFuture<>();
        session.onEnd(end -> {
            started.join().ended().join();
            heardOut.complete(null);
        });
        try (Voice voice = voice(sink()).start()) {
            started.complete(voice);
            session.closeAsync();

            assertThat(voice.ended()).succeedsWithin(SOON);
            assertThat(heardOut).succeedsWithin(SOON);
        }
    }

    @Test
    void anInterruptedSpeakerIsToldAndIsTheEnd() {
        CompletableFuture<VoiceEvent.Failed> failed = new CompletableFuture<>();
        try (Voice voice =
                voice(sink()).on(VoiceEvent.Failed.class, failed::complete).start()) {
            thread("output").interrupt();

            assertThat(voice.ended()).succeedsWithin(SOON);
            assertThat(failed).isDone();
            assertThat(failed.join().speaker()).isEqualTo(Role.ASSISTANT);
            assertThat(failed.join().problem()).hasMessage("The thread that plays was interrupted");
        }
    }

    @Test
    void anInterruptedMicrophoneIsTold() {
        CompletableFuture<VoiceEvent.Failed> failed = new CompletableFuture<>();
        try (Voice voice = voice(sink())
                .source(new Silent() {
                    @Override
                    public int read(short[] samples, int offset, int length) {
                        return -1;
                    }
                })
                .on(VoiceEvent.Failed.class, failed::complete)
                .start()) {
            thread("input").interrupt();

            assertThat(failed).succeedsWithin(SOON);
            assertThat(failed.join().speaker()).isEqualTo(Role.USER);
            assertThat(failed.join().problem()).hasMessage("The thread that listens was interrupted");
            assertThat(voice.ended()).isNotDone();
        }
    }

    @Test
    void aSourceThatCannotBeClosedLeavesNothingBehind() throws Exception {
        CompletableFuture<Void> sinkClosed = new CompletableFuture<>();
        ClockedSink played = sink();
        Voice voice = voice(new ForwardingSink(played) {
                    @Override
                    public void close() {
                        super.close();
                        sinkClosed.complete(null);
                    }
                })
                .source(new Silent() {
                    @Override
                    public void close() {
                        super.close();
                        throw new IllegalStateException("The file is busy");
                    }
                })
                .on(VoiceEvent.class, event -> {})
                .start();

        assertThatThrownBy(voice::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The file is busy");
        assertThat(sinkClosed).isDone();
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    @Test
    void aSinkThatCannotEvenBeSilencedIsTheEnd() {
        AudioSink broken = new ForwardingSink(new BrokenSink()) {
            @Override
            public long playedSamples() {
                throw new IllegalStateException("The device is gone");
            }
        };
        try (Voice voice = voice(broken).start()) {
            assertThat(voice.ended()).succeedsWithin(SOON);
        } catch (IllegalStateException gone) {
            assertThat(gone).hasMessage("The device is gone");
        }
    }
}
