package io.github.realtime4j.voice.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.realtime4j.audio.Resampler;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeakerTest {
    private static final AudioDevice.Format STEREO_48 = new AudioDevice.Format(48_000, 2);

    private static final DeviceOptions SHORT = DeviceOptions.DEFAULT.withBuffer(Duration.ofMillis(40));

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

    private Speaker open() throws AudioDeviceException {
        return Speaker.open(sound, SHORT.withListener(listener), sound.clock);
    }

    private FakeOutput line() {
        return sound.outputs.get(sound.outputs.size() - 1);
    }

    /** One, two, three… */
    private static short[] counting(int length) {
        short[] samples = new short[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (short) (i + 1);
        }
        return samples;
    }

    @Test
    void everySampleIsHeardOnceInOrderAndWithoutAGap() throws Exception {
        Speaker speaker = open(sound.plug("one"));
        short[] samples = counting(24_000);

        for (int from = 0; from < samples.length; from += 777) {
            speaker.write(samples, from, Math.min(777, samples.length - from));
        }
        assertThat(line().gaps()).isZero();
        speaker.drain();

        assertThat(line().heard()).isEqualTo(samples);
        assertThat(speaker.playedSamples()).isEqualTo(24_000);
    }

    private Speaker open(FakeSound plugged) throws AudioDeviceException {
        assertThat(plugged).isSameAs(sound);
        return open();
    }

    @Test
    void soundBeginsWithTheFirstSampleAndNotBefore() throws Exception {
        Speaker speaker = open(sound.plug("one"));
        assertThat(line().isRunning()).isFalse();

        speaker.write(new short[10], 0, 10);

        assertThat(line().isRunning()).isTrue();
    }

    @Test
    void aDeviceOfAnotherRateAndTwoChannelsHearsTheSame() throws Exception {
        Speaker speaker = open(sound.plug("one", STEREO_48));
        short[] samples = counting(4_800);

        speaker.write(samples, 0, samples.length);
        speaker.drain();

        assertThat(line().format()).isEqualTo(STEREO_48);
        assertThat(line().heard()).isEqualTo(Resampler.convert(samples, 24_000, 48_000));
        assertThat(line().channelsDiffer()).isFalse();
        assertThat(speaker.playedSamples()).isEqualTo(4_800);
    }

    @Test
    void allIsHeardOnceTheDeviceHasNothingLeftThoughAFilterHoldsTheLastSamples() throws Exception {
        Speaker speaker = open(sound.plug("one", STEREO_48));
        speaker.write(counting(480), 0, 480);

        sound.clock.pass(60);

        assertThat(speaker.playedSamples()).isEqualTo(480);
    }

    @Test
    void latencyIsTheBufferAndHalfTheFilter() throws Exception {
        sound.plug("plain").plug("converting", STEREO_48);

        assertThat(open().latency()).isEqualTo(Duration.ofMillis(40));
        assertThat(Speaker.open(sound, SHORT.withName("converting"), sound.clock)
                        .latency())
                .isEqualTo(Duration.ofNanos(41_666_666));
    }

    @Test
    void whatWaitsInTheBufferHasNotBeenHeard() throws Exception {
        Speaker speaker = open(sound.plug("one"));

        speaker.write(counting(960), 0, 960);
        assertThat(speaker.playedSamples()).isZero();

        sound.clock.pass(10);
        assertThat(speaker.playedSamples()).isEqualTo(240);
    }

    @Test
    void neverMoreThanTimeHasPassedForThoughTheDeviceRunsAheadAsItStarts() throws Exception {
        Speaker speaker = open(sound.plug("one"));
        line().runAhead(960);

        speaker.write(counting(960), 0, 960);
        assertThat(speaker.playedSamples()).isZero();

        sound.clock.pass(10);
        assertThat(speaker.playedSamples()).isEqualTo(242);
    }

    @Test
    void aPauseBetweenTwoSpeechesIsNoTimeForTheSecond() throws Exception {
        Speaker speaker = open(sound.plug("one"));
        speaker.write(counting(240), 0, 240);
        sound.clock.pass(5_000);
        line().runAhead(960);

        speaker.write(counting(480), 0, 480);

        assertThat(speaker.playedSamples()).isEqualTo(240);
    }

    @Test
    void neverMoreThanWasWrittenThoughTheDeviceRunsAhead() throws Exception {
        Speaker speaker = open(sound.plug("one"));
        line().runAhead(960);

        speaker.write(counting(240), 0, 240);
        sound.clock.pass(1_000);

        assertThat(speaker.playedSamples()).isEqualTo(240);
    }

    @Test
    void whatWasHeardNeverGoesBack() throws Exception {
        Speaker speaker = open(sound.plug("one"));
        speaker.write(counting(960), 0, 960);
        sound.clock.pass(20);
        line().runAhead(240);
        assertThat(speaker.playedSamples()).isEqualTo(484);

        line().runAhead(0);

        assertThat(speaker.playedSamples()).isEqualTo(484);
    }

    @Test
    void flushIsSilentAtOnceAndEndsAWriteThatWaits() throws Exception {
        Speaker speaker = open(sound.plug("one"));
        sound.clock.after(100, speaker::flush);

        speaker.write(counting(24_000), 0, 24_000);

        assertThat(line().heard()).hasSize(2_448).startsWith(1, 2, 3);
        assertThat(speaker.playedSamples()).isEqualTo(2_448);
        sound.clock.pass(100);
        assertThat(line().heard()).hasSize(2_448);
    }

    @Test
    void whatWasFlushedIsNeverCounted() throws Exception {
        Speaker speaker = open(sound.plug("one", STEREO_48));
        sound.clock.after(100, speaker::flush);
        speaker.write(counting(24_000), 0, 24_000);
        long before = speaker.playedSamples();

        speaker.write(counting(4_800), 0, 4_800);
        speaker.drain();

        assertThat(speaker.playedSamples()).isEqualTo(before + 4_800);
    }

    @Test
    void aSecondFlushChangesNothing() throws Exception {
        Speaker speaker = open(sound.plug("one"));
        sound.clock.after(100, speaker::flush);
        speaker.write(counting(24_000), 0, 24_000);
        long before = speaker.playedSamples();

        speaker.flush();

        assertThat(speaker.playedSamples()).isEqualTo(before);
    }

    @Test
    void closeEndsAWriteThatWaitsAndKeepsTheCount() throws Exception {
        Speaker speaker = open(sound.plug("one"));
        sound.clock.after(100, speaker::close);

        speaker.write(counting(24_000), 0, 24_000);
        speaker.close();

        assertThat(line().isClosed()).isTrue();
        assertThat(speaker.playedSamples()).isEqualTo(2_448);
    }

    @Test
    void goesOnWithTheDefaultDeviceWhenItsOwnGoesAway() throws Exception {
        sound.plug("built-in", STEREO_48).plug("headset");
        Speaker speaker = Speaker.open(sound, SHORT.withName("head").withListener(listener), sound.clock);
        sound.clock.after(500, () -> sound.unplug("headset"));

        speaker.write(counting(24_000), 0, 24_000);
        speaker.drain();

        assertThat(told).containsExactly("lost headset: it takes no more sound", "reopened built-in");
        assertThat(sound.outputs.get(0).isClosed()).isTrue();
        // What the headset held is lost: no more than its buffer and a chunk.
        assertThat(line().heard().length / 2).isBetween(24_000 - 12_000 - 1_300, 24_000 - 12_000 + 240);
        assertThat(speaker.playedSamples()).isEqualTo(24_000);
        assertThat(speaker.device().name()).isEqualTo("built-in");
    }

    @Test
    void waitsUntilThereIsADeviceAgain() throws Exception {
        Speaker speaker = open(sound.plug("one"));
        sound.clock.after(500, () -> sound.unplug("one"));
        sound.clock.after(5_000, () -> sound.plug("two"));

        speaker.write(counting(24_000), 0, 24_000);
        speaker.drain();

        assertThat(told).containsExactly("lost one: it takes no more sound", "reopened two");
        assertThat(speaker.playedSamples()).isEqualTo(24_000);
    }

    @Test
    void flushEndsTheWaitForADevice() throws Exception {
        Speaker speaker = open(sound.plug("one"));
        sound.clock.after(500, () -> sound.unplug("one"));
        sound.clock.after(5_000, speaker::flush);

        speaker.write(counting(24_000), 0, 24_000);

        assertThat(told).containsExactly("lost one: it takes no more sound");
        assertThat(speaker.playedSamples()).isLessThan(13_500);
    }

    @Test
    void aDeviceThatStandsStillForTwoSecondsIsGone() throws Exception {
        Speaker speaker = open(sound.plug("one"));
        sound.clock.after(500, () -> line().standStill());

        speaker.write(counting(24_000), 0, 24_000);

        assertThat(told).containsExactly("lost one: it has played nothing for 2 s", "reopened one");
    }

    @Test
    void drainDoesNotWaitForADeviceThatStandsStill() throws Exception {
        Speaker speaker = open(sound.plug("one"));
        speaker.write(counting(480), 0, 480);
        line().standStill();

        speaker.drain();

        assertThat(speaker.playedSamples()).isEqualTo(480);
    }

    @Test
    void aListenerThatThrowsDoesNoHarm() throws Exception {
        DeviceListener broken = new DeviceListener() {
            @Override
            public void lost(String device, String why) {
                throw new IllegalStateException("no");
            }

            @Override
            public void reopened(AudioDevice device) {
                throw new IllegalStateException("no");
            }
        };
        sound.plug("one").plug("two");
        Speaker speaker = Speaker.open(sound, DeviceOptions.DEFAULT.withListener(broken), sound.clock);
        sound.clock.after(100, () -> sound.unplug("one"));

        speaker.write(counting(24_000), 0, 24_000);
        speaker.drain();

        assertThat(speaker.playedSamples()).isEqualTo(24_000);
    }

    @Test
    void aDeviceThatOpensInNoFormatSaysWhy() {
        sound.plug("one", new AudioDevice.Format(96_000, 1));

        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessage("The speaker \"one\" does not open: line with format 8000 Hz stereo not supported."
                        + " Another program may hold it");
    }

    @Test
    void writingAllocatesNothing() throws Exception {
        Speaker speaker = Speaker.open(new Nowhere(STEREO_48), DeviceOptions.DEFAULT, DeviceClock.SYSTEM);
        short[] samples = counting(480);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 200; i++) {
                speaker.write(samples, 0, samples.length);
                speaker.playedSamples();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(least).isLessThan(1_000);
    }
}
