package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ActivityMeterTest {
    @Test
    void theRoomsNoiseIsNoWordAfterTheMicrophoneWasMuted() {
        ActivityMeter meter = new ActivityMeter(8_000);
        Random random = new Random(1);
        short[] noise = new short[80];
        for (int frame = 0; frame < 2_000; frame++) {
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (short) (random.nextGaussian() * 300);
            }
            meter.add(noise, 0, 80);
        }
        meter.add(new short[8_000], 0, 8_000);
        for (int frame = 0; frame < 100; frame++) {
            meter.add(noise, 0, 80);
        }

        assertThat(meter.activeMs()).isLessThan(200);
    }

    @Test
    void whatWasSaidLongAgoIsNoSoundNow() {
        ActivityMeter meter = new ActivityMeter(8_000);
        short[] words = new short[8_000];
        Arrays.fill(words, (short) 5_000);
        meter.add(words, 0, 8_000);
        meter.add(new short[80_000], 0, 80_000);

        assertThat(meter.activeMs()).isLessThan(200);
    }
}
