package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.Pcm16;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ClockedSinkTest {
    private static final int RATE = 8_000;

    private final StillClock clock = new StillClock();
    private short[] heard = {};
    private final ClockedSink sink =
            new ClockedSink(RATE, Duration.ofMillis(100), clock, samples -> heard = Pcm16.concat(heard, samples));

    private static short[] loud(int length) {
        short[] samples = new short[length];
        Arrays.fill(samples, (short) 10_000);
        return samples;
    }

    @Test
    void itPlaysByTheClockAndHearsSilenceBetween() throws Exception {
        clock.pass(10);
        sink.write(loud(160), 0, 160);
        clock.pass(5);
        assertThat(sink.playedSamples()).isEqualTo(40);
        clock.pass(100);

        assertThat(sink.playedSamples()).isEqualTo(160);
        assertThat(heard).hasSize(115 * 8);
        assertThat(Arrays.copyOfRange(heard, 0, 80)).containsOnly((short) 0);
        assertThat(Arrays.copyOfRange(heard, 80, 240)).containsOnly((short) 10_000);
        assertThat(Arrays.copyOfRange(heard, 240, heard.length)).containsOnly((short) 0);
    }

    @Test
    void aWriterWaitsForRoom() throws Exception {
        sink.write(loud(2_000), 0, 2_000);

        assertThat(clock.nanos()).isEqualTo(Duration.ofMillis(150).toNanos());
        sink.drain();
        assertThat(sink.playedSamples()).isEqualTo(2_000);
    }

    @Test
    void itIsSilentAtOnceAfterAShortFade() throws Exception {
        sink.write(loud(800), 0, 800);
        clock.pass(50);
        sink.flush();
        assertThat(sink.playedSamples()).isEqualTo(400);
        clock.pass(50);

        assertThat(sink.playedSamples()).isEqualTo(400);
        assertThat(heard).hasSize(800);
        short[] fade = Arrays.copyOfRange(heard, 400, 440);
        assertThat(fade[0]).isBetween((short) 9_000, (short) 10_000);
        for (int i = 1; i < fade.length; i++) {
            assertThat(fade[i]).isLessThan(fade[i - 1]);
        }
        assertThat(fade[39]).isBetween((short) 1, (short) 500);
        assertThat(Arrays.copyOfRange(heard, 440, 800)).containsOnly((short) 0);
    }

    @Test
    void anHourOfSpeechHasTheLengthOfAnHour() throws Exception {
        ClockedSink odd = new ClockedSink(22_050, Duration.ofMillis(100), clock, samples -> {});
        short[] second = new short[22_050];
        for (int i = 0; i < 3_600; i++) {
            odd.write(second, 0, second.length);
        }
        odd.drain();

        assertThat(odd.playedSamples()).isEqualTo(3_600L * 22_050);
        assertThat(Duration.ofNanos(clock.nanos())).isBetween(Duration.ofHours(1), Duration.ofMillis(3_600_001));
    }

    @Test
    void aFlushEndsTheWaitOfTheWriter() throws Exception {
        ClockedSink[] waiting = new ClockedSink[1];
        VoiceClock flushing = new VoiceClock() {
            @Override
            public long nanos() {
                return clock.nanos();
            }

            @Override
            public void sleepUntil(long nanos) {
                waiting[0].flush();
                clock.sleepUntil(nanos);
            }
        };
        waiting[0] = new ClockedSink(RATE, Duration.ofSeconds(5), flushing, samples -> {});
        waiting[0].write(loud(10 * RATE), 0, 10 * RATE);

        assertThat(clock.nanos()).isLessThanOrEqualTo(Duration.ofMillis(10).toNanos());
    }
}
