package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.audio.WavReader;
import io.github.realtime4j.audio.WavWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourcesTest {
    @TempDir
    private Path directory;

    private final StillClock clock = new StillClock();

    @Test
    void anHourOfAFileTakesAnHour() throws Exception {
        Path file = directory.resolve("hour.wav");
        int rate = 11_025;
        try (WavWriter writer = WavWriter.create(file, rate, 1)) {
            short[] second = new short[rate];
            for (int i = 0; i < 3_600; i++) {
                writer.write(second);
            }
        }
        WavSource source = WavSource.open(file, clock);
        short[] piece = new short[220];
        long read = 0;
        for (int count = source.read(piece, 0, piece.length); count > 0; count = source.read(piece, 0, piece.length)) {
            read += count;
            assertThat(clock.nanos()).isEqualTo(Pacer.nanos(read, rate));
        }

        assertThat(read).isEqualTo(3_600L * rate);
        assertThat(Duration.ofNanos(clock.nanos())).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void latenessDoesNotAddUp() throws Exception {
        Pacer pacer = new Pacer(clock, 8_000);
        for (int i = 0; i < 100; i++) {
            pacer.await(160);
            clock.pass(15);
        }

        assertThat(clock.nanos()).isEqualTo(Duration.ofMillis(2_015).toNanos());
    }

    @Test
    void aStreamMayBreakOffInMidSample() throws Exception {
        short[] samples = {1, -2, 300, -400, 5};
        byte[] bytes = Pcm16.toBytes(samples);
        InputStream drips = new InputStream() {
            private int at;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (at == bytes.length) {
                    return -1;
                }
                int count = Math.min(Math.min(length, 3), bytes.length - at);
                System.arraycopy(bytes, at, target, offset, count);
                at += count;
                return count;
            }
        };
        StreamSource source = StreamSource.live(drips, 8_000);
        short[] read = {};
        short[] piece = new short[4];
        for (int count = source.read(piece, 0, 4); count >= 0; count = source.read(piece, 0, 4)) {
            assertThat(count).isPositive();
            read = Pcm16.concat(read, Arrays.copyOf(piece, count));
        }

        assertThat(read).containsExactly(samples);
        assertThat(clock.nanos()).isZero();
    }

    @Test
    void aRecordedStreamIsSlowedDown() throws Exception {
        StreamSource source = StreamSource.recorded(new ByteArrayInputStream(new byte[1_600]), 8_000, clock);
        source.read(new short[800], 0, 800);

        assertThat(clock.nanos()).isEqualTo(Duration.ofMillis(100).toNanos());
    }

    @Test
    void aClosedSourceIsAtItsEnd() throws Exception {
        StreamSource source = StreamSource.live(new ByteArrayInputStream(new byte[1_600]), 8_000);
        source.close();

        assertThat(source.read(new short[10], 0, 10)).isEqualTo(-1);
    }

    @Test
    void aFileHasWhatWasHeardWithItsPauses() throws Exception {
        Path file = directory.resolve("heard.wav");
        WavSink sink = WavSink.create(file, 8_000, clock);
        clock.pass(100);
        sink.write(new short[] {5, 6, 7, 8, 9, 10, 11, 12}, 0, 8);
        sink.drain();
        clock.pass(50);
        sink.close();

        try (WavReader reader = WavReader.open(file)) {
            short[] heard = reader.read(100_000);
            assertThat(heard).hasSizeBetween(1_208, 1_216).containsSequence((short) 0, (short) 5, (short) 6);
            assertThat(heard[807]).isEqualTo((short) 12);
            assertThat(heard[808]).isZero();
        }
    }

    @Test
    void aStreamThatIsClosedWhileItIsReadIsAtItsEnd() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        InputStream stream = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                reading.countDown();
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                throw new IOException("Stream closed");
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        StreamSource source = StreamSource.live(stream, 24_000);
        CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> {
            try {
                return source.read(new short[480], 0, 480);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        reading.await();
        source.close();

        assertThat(read.get(5, TimeUnit.SECONDS)).isEqualTo(-1);
    }
}
