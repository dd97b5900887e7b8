package io.github.realtime4j.voice.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.realtime4j.audio.Resampler;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MicrophoneTest {
    private static final AudioDevice.Format STEREO_48 = new AudioDevice.Format(48_000, 2);

    private final FakeSound sound = new FakeSound();
    private final List<String> told = new ArrayList<>();
    private final DeviceListener listener = new DeviceListener() {
        @Override
        public void lost(String device, String why) {
            told.add("lost " + device + ": " + why);
        }

        @Override
        public void reopened(AudioDevice device) {
            told.add("reopened " + device.name());
        }
    };

    private Microphone open() throws AudioDeviceException {
        return Microphone.open(sound, DeviceOptions.DEFAULT.withListener(listener), sound.clock);
    }

    private static short[] read(Microphone microphone, int count) throws IOException {
        short[] samples = new short[count];
        for (int filled = 0; filled < count; ) {
            int got = microphone.read(samples, filled, Math.min(480, count - filled));
            assertThat(got).isPositive();
            filled += got;
        }
        return samples;
    }

    private static short[] counting(int from, int length) {
        short[] samples = new short[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (short) (from + i);
        }
        return samples;
    }

    @Test
    void givesEverySampleOnceInOrder() throws Exception {
        sound.plug("one");

        assertThat(read(open(), 20_000)).isEqualTo(counting(0, 20_000));
    }

    @Test
    void listensFromTheFirstReadOn() throws Exception {
        Microphone microphone = open(sound.plug("one"));
        sound.clock.pass(5_000);

        assertThat(read(microphone, 480)).isEqualTo(counting(0, 480));
    }

    private Microphone open(FakeSound plugged) throws AudioDeviceException {
        assertThat(plugged).isSameAs(sound);
        return open();
    }

    @Test
    void waitsForTenMilliseconds() throws Exception {
        Microphone microphone = open(sound.plug("one"));
        long before = sound.clock.nanoTime();

        int count = microphone.read(new short[9_600], 0, 9_600);

        assertThat(count).isEqualTo(240);
        assertThat(sound.clock.nanoTime() - before)
                .isEqualTo(Duration.ofMillis(10).toNanos());
    }

    @Test
    void anotherRateAndTwoChannelsBecomeTheirMean() throws Exception {
        sound.plug("one", STEREO_48);

        short[] samples = read(open(), 4_800);

        short[] expected = Resampler.convert(counting(1, 12_000), 48_000, 24_000);
        assertThat(samples).isEqualTo(Arrays.copyOf(expected, 4_800));
    }

    @Test
    void latencyIsWhatComesAtATimeAndHalfTheFilter() throws Exception {
        sound.plug("plain").plug("converting", STEREO_48);

        assertThat(open().latency()).isEqualTo(Duration.ofMillis(20));
        assertThat(Microphone.open(sound, DeviceOptions.named("converting"), sound.clock)
                        .latency())
                .isEqualTo(Duration.ofNanos(21_666_666));
    }

    @Test
    void silenceOfTheSameLengthWhileThereIsNoDevice() throws Exception {
        Microphone microphone = open(sound.plug("one"));
        read(microphone, 2_400);
        sound.unplug("one");
        long before = sound.clock.nanoTime();

        short[] samples = read(microphone, 24_000);

        assertThat(samples).containsOnly(0);
        assertThat(sound.clock.nanoTime() - before).isBetween(1_000_000_000L, 1_002_000_000L);
        assertThat(told).containsExactly("lost one: it gives no more sound");
    }

    @Test
    void goesOnWithTheDefaultDeviceWhenItsOwnGoesAway() throws Exception {
        sound.plug("built-in").plug("headset");
        Microphone microphone =
                Microphone.open(sound, DeviceOptions.named("HEAD").withListener(listener), sound.clock);
        read(microphone, 2_400);
        sound.unplug("headset");

        short[] samples = read(microphone, 4_800);

        assertThat(told).containsExactly("lost headset: it gives no more sound", "reopened built-in");
        assertThat(samples).startsWith(0, 0, 0).endsWith(counting(4_800 - 480 - 5, 5));
        assertThat(sound.inputs.get(0).isClosed()).isTrue();
        assertThat(microphone.device().name()).isEqualTo("built-in");
    }

    @Test
    void returnsToItsOwnDeviceWhenThatIsBack() throws Exception {
        sound.plug("headset");
        Microphone microphone =
                Microphone.open(sound, DeviceOptions.named("headset").withListener(listener), sound.clock);
        read(microphone, 2_400);
        sound.unplug("headset");
        sound.clock.after(1_500, () -> sound.plug("built-in").plug("headset"));

        read(microphone, 72_000);

        assertThat(told).containsExactly("lost headset: it gives no more sound", "reopened headset");
    }

    @Test
    void aDeviceThatStandsStillForTwoSecondsIsGone() throws Exception {
        Microphone microphone = open(sound.plug("one"));
        read(microphone, 2_400);
        sound.inputs.get(0).standStill();

        read(microphone, 4_800);

        assertThat(told).containsExactly("lost one: it has given nothing for 2 s", "reopened one");
    }

    @Test
    void closeEndsAReadThatWaits() throws Exception {
        Microphone microphone = open(sound.plug("one"));
        sound.clock.after(4, microphone::close);

        assertThat(microphone.read(new short[480], 0, 480)).isEqualTo(-1);
        assertThat(microphone.read(new short[480], 0, 480)).isEqualTo(-1);
        assertThat(sound.inputs.get(0).isClosed()).isTrue();
    }

    @Test
    void closeEndsSilenceToo() throws Exception {
        Microphone microphone = open(sound.plug("one"));
        read(microphone, 2_400);
        sound.unplug("one");
        read(microphone, 12_000);
        sound.clock.after(4, microphone::close);

        assertThat(microphone.read(new short[480], 0, 480)).isEqualTo(-1);
    }

    @Test
    void readingNothingGivesNothing() throws Exception {
        assertThat(open(sound.plug("one")).read(new short[1], 0, 0)).isZero();
    }

    @Test
    void readingAllocatesNothing() throws Exception {
        Microphone microphone = Microphone.open(new Nowhere(STEREO_48), DeviceOptions.DEFAULT, DeviceClock.SYSTEM);
        short[] samples = new short[480];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 200; i++) {
                microphone.read(samples, 0, samples.length);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(least).isLessThan(1_000);
    }
}
