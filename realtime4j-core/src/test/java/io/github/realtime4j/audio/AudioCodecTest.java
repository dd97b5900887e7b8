package io.github.realtime4j.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class AudioCodecTest {
    private static final AudioFormat[] FORMATS = {AudioFormat.PCM16_24KHZ, AudioFormat.PCMU, AudioFormat.PCMA};

    @Test
    void speechSurvivesTheWayThroughEachFormat() {
        short[] tone = tone(24_000);
        for (AudioFormat format : FORMATS) {
            AudioEncoder encoder = new AudioEncoder(format, 24_000);
            AudioDecoder decoder = new AudioDecoder(format, 24_000);
            AudioBytes wire = encoder.encode(tone);
            AudioBytes rest = encoder.flush();
            assertThat(wire.size() + rest.size()).isEqualTo(format.bytesPerSecond());
            short[] back = Pcm16.concat(Pcm16.concat(decoder.decode(wire), decoder.decode(rest)), decoder.flush());
            assertThat(back).hasSameSizeAs(tone);
            double error = 0;
            for (int i = 500; i < tone.length - 500; i++) {
                error = Math.max(error, Math.abs(back[i] - tone[i]));
            }
            assertThat(error).as(format.type()).isLessThan(format.isPcm() ? 1 : 700);
        }
    }

    @Test
    void chunksOfAnySizeGiveTheWhole() {
        Random random = new Random(2);
        for (AudioFormat format : FORMATS) {
            AudioBytes wire = new AudioEncoder(format, 24_000).encode(tone(5_000));
            short[] whole = new AudioDecoder(format, 16_000).decode(wire);
            AudioDecoder decoder = new AudioDecoder(format, 16_000);
            short[] joined = {};
            for (int at = 0; at < wire.size(); ) {
                int length = Math.min(1 + random.nextInt(99), wire.size() - at);
                joined = Pcm16.concat(joined, decoder.decode(wire.slice(at, length)));
                at += length;
            }
            assertThat(joined).isEqualTo(whole);
        }
    }

    @Test
    void silenceStaysSilence() {
        for (AudioFormat format : FORMATS) {
            AudioBytes wire = new AudioEncoder(format, 24_000).encode(new short[2_400]);
            assertThat(Pcm16.peak(new AudioDecoder(format, 24_000).decode(wire)))
                    .isLessThan(10);
        }
    }

    @Test
    void anUnknownFormatIsRefused() {
        AudioFormat opus = new AudioFormat("audio/opus", 48_000);
        assertThatThrownBy(() -> new AudioDecoder(opus, 24_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected audio/pcm, audio/pcmu or audio/pcma but got audio/opus");
        assertThatThrownBy(() -> new AudioEncoder(opus, 24_000)).isInstanceOf(IllegalArgumentException.class);
    }

    private static short[] tone(int length) {
        short[] tone = new short[length];
        for (int i = 0; i < length; i++) {
            tone[i] = Pcm16.clip(12_000 * Math.sin(2 * Math.PI * 500 * i / 24_000));
        }
        return tone;
    }
}
