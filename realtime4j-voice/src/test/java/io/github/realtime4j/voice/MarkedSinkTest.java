package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class MarkedSinkTest {
    private final List<String> sent = new ArrayList<>();
    private final MarkedSink sink = new MarkedSink(
            new MarkedSink.Line() {
                @Override
                public void audio(short[] samples, int offset, int length) {
                    sent.add(length + " samples");
                }

                @Override
                public void mark(String name) {
                    sent.add(name);
                }

                @Override
                public void clear() {
                    sent.add("clear");
                }
            },
            8_000,
            Duration.ofMillis(60));

    @Test
    void whatIsBeforeAMarkThatCameBackHasBeenHeard() throws Exception {
        sink.write(new short[160], 0, 160);
        sink.write(new short[160], 0, 160);
        sink.write(new short[160], 0, 160);
        assertThat(sink.playedSamples()).isZero();
        sink.played("realtime4j-2");

        assertThat(sink.playedSamples()).isEqualTo(320);
        assertThat(sent)
                .containsExactly(
                        "160 samples", "realtime4j-1", "160 samples", "realtime4j-2", "160 samples", "realtime4j-3");
    }

    @Test
    void marksThatComeBackBecauseTheirSoundWasThrownAwayDoNotCount() throws Exception {
        sink.write(new short[160], 0, 160);
        sink.write(new short[160], 0, 160);
        sink.played("realtime4j-1");
        sink.flush();
        sink.played("realtime4j-2");
        sink.played("unknown");

        assertThat(sink.playedSamples()).isEqualTo(160);
        assertThat(sent).endsWith("clear");
    }

    @Test
    void aWriterThatIsTooFarAheadWaitsForAMark() throws Exception {
        for (int i = 0; i < 3; i++) {
            sink.write(new short[160], 0, 160);
        }
        CompletableFuture<Void> fourth = CompletableFuture.runAsync(() -> {
            try {
                sink.write(new short[160], 0, 160);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        sink.played("realtime4j-1");
        fourth.get(10, TimeUnit.SECONDS);

        assertThat(sent).endsWith("160 samples", "realtime4j-4");
    }

    @Test
    void aFlushEndsTheWaitingAndThrowsAwayWhatWaited() throws Exception {
        for (int i = 0; i < 3; i++) {
            sink.write(new short[160], 0, 160);
        }
        CompletableFuture<Thread> writer = new CompletableFuture<>();
        CompletableFuture<Void> fourth = CompletableFuture.runAsync(() -> {
            writer.complete(Thread.currentThread());
            try {
                sink.write(new short[160], 0, 160);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        Thread waiting = writer.get(10, TimeUnit.SECONDS);
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        sink.flush();
        fourth.get(10, TimeUnit.SECONDS);

        assertThat(sent).hasSize(7).endsWith("clear");
    }

    @Test
    void aLineThatHangsHoldsUpNobodyButTheWriter() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        List<String> told = new CopyOnWriteArrayList<>();
        MarkedSink.Line line = new MarkedSink.Line() {
            @Override
            public void audio(short[] samples, int offset, int length) throws IOException {
                hanging.countDown();
                try {
                    free.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                told.add("audio");
            }

            @Override
            public void mark(String name) {
                told.add("mark");
            }

            @Override
            public void clear() {
                told.add("clear");
            }
        };
        MarkedSink hung = new MarkedSink(line, 24_000, Duration.ofMillis(200));
        // Of its own: from JDK 25 on the common pool of a machine with two cores has a single one.
        CompletableFuture<Void> writer =
                CompletableFuture.runAsync(() -> write(hung), task -> new Thread(task).start());
        hanging.await();

        CompletableFuture.runAsync(hung::flush).get(10, TimeUnit.SECONDS);
        assertThat(CompletableFuture.supplyAsync(hung::playedSamples).get(10, TimeUnit.SECONDS))
                .isZero();
        assertThat(told).isEmpty();
        free.countDown();
        writer.get(10, TimeUnit.SECONDS);

        assertThat(told).containsExactly("audio", "mark", "clear");
    }

    @Test
    void whatIsWrittenWhileItClosesIsNotSent() {
        List<String> told = new ArrayList<>();
        MarkedSink[] closing = new MarkedSink[1];
        closing[0] = new MarkedSink(
                new MarkedSink.Line() {
                    @Override
                    public void audio(short[] samples, int offset, int length) {
                        told.add("audio");
                    }

                    @Override
                    public void mark(String name) {
                        told.add("mark");
                    }

                    @Override
                    public void clear() {
                        told.add("clear");
                        write(closing[0]);
                    }
                },
                24_000,
                Duration.ofMillis(200));
        closing[0].close();

        assertThat(told).containsExactly("clear");
    }

    private static void write(MarkedSink sink) {
        try {
            sink.write(new short[480], 0, 480);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
