package io.github.realtime4j.cli.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.Wav;
import io.github.realtime4j.audio.WavReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RecordedUserTest {
    /** Of their own: the common pool may have a single one. */
    private static final Executor THREADS = task -> new Thread(task).start();

    private final short[] words = {1, 2, 3, 4};

    private RecordedUser user() throws IOException {
        AtomicLong world = new AtomicLong();
        ConversationClock clock = ConversationClock.of(1, () -> world.addAndGet(1_000_000_000));
        clock.go();
        return new RecordedUser(WavReader.open(new ByteArrayInputStream(Wav.bytes(words, 8_000))), clock);
    }

    @Test
    void isSilentWhileItWaitsAndGoesOnWhereItWas() throws IOException {
        RecordedUser user = user();
        short[] heard = new short[6];

        assertThat(user.read(heard, 0, 2)).isEqualTo(2);
        user.waits(true);
        assertThat(user.read(heard, 2, 2)).isEqualTo(2);
        user.waits(false);
        assertThat(user.read(heard, 4, 2)).isEqualTo(2);

        assertThat(heard).containsExactly(1, 2, 0, 0, 3, 4);
        assertThat(user.isOver()).isFalse();
        assertThat(user.read(heard, 0, 2)).isEqualTo(-1);
        assertThat(user.isOver()).isTrue();
    }

    @Test
    void whatItWaitedIsNotCountedAsSpoken() throws IOException {
        RecordedUser user = user();
        user.waits(true);
        user.read(new short[800], 0, 800);

        assertThat(user.spokenMillis()).isZero();
    }

    @Test
    void aFileThatComesSlowlyKeepsNobodyElseWaiting() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        byte[] beginning = Arrays.copyOf(Wav.bytes(words, 8_000), 44);
        InputStream slow =
                new SequenceInputStream(new ByteArrayInputStream(beginning), new InputStream() {
                    @Override
                    public int read() {
                        asked.countDown();
                        try {
                            closed.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return -1;
                    }
                }) {
                    @Override
                    public void close() {
                        closed.countDown();
                    }
                };
        RecordedUser user = new RecordedUser(WavReader.open(slow), ConversationClock.realTime());
        CompletableFuture<Integer> read = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return user.read(new short[4], 0, 4);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                THREADS);
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Boolean> over = CompletableFuture.supplyAsync(user::isOver, THREADS);
        try {
            assertThat(over).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(false);
            CompletableFuture<Void> closing = CompletableFuture.runAsync(user::close, THREADS);
            assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
            assertThat(read).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(-1);
        } finally {
            closed.countDown();
        }
    }
}
