package io.github.realtime4j.cli.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.Pcm16;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlaybackTest {
    private static final int SECOND = ConversationClock.RATE;

    private final List<String> told = new ArrayList<>();
    private short[] heard = {};
    private final Playback playback = new Playback(new Playback.Listener() {
        @Override
        public void heard(short[] samples) {
            heard = Pcm16.concat(heard, samples);
        }

        @Override
        public void started(String itemId, long at) {
            told.add(itemId + " started at " + ConversationClock.millis(at));
        }

        @Override
        public void finished(String itemId, long at) {
            told.add(itemId + " finished at " + ConversationClock.millis(at));
        }
    });

    private static short[] sound(int samples, int value) {
        short[] sound = new short[samples];
        Arrays.fill(sound, (short) value);
        return sound;
    }

    @Test
    void audioStartsWhenItArrivesAndWaitsBehindWhatIsPlaying() {
        playback.advanceTo(SECOND);
        playback.enqueue("a", sound(SECOND / 2, 1));
        playback.enqueue("a", sound(SECOND / 2, 2));
        playback.complete("a");
        playback.enqueue("b", sound(SECOND, 3));
        playback.complete("b");
        playback.advanceTo(4L * SECOND);

        assertThat(told)
                .containsExactly("a started at 1000", "a finished at 2000", "b started at 2000", "b finished at 3000");
        assertThat(heard).hasSize(4 * SECOND);
        assertThat(heard[SECOND - 1]).isZero();
        assertThat(heard[SECOND]).isEqualTo((short) 1);
        assertThat(heard[2 * SECOND - 1]).isEqualTo((short) 2);
        assertThat(heard[2 * SECOND]).isEqualTo((short) 3);
        assertThat(heard[3 * SECOND]).isZero();
    }

    @Test
    void aCutTellsWhatWasHeardAndWhatWasNot() {
        playback.enqueue("a", sound(2 * SECOND, 1));
        playback.complete("a");
        playback.enqueue("b", sound(SECOND, 2));
        playback.advanceTo(1_800L * SECOND / 1_000);

        assertThat(playback.cut())
                .containsExactly(new Playback.Cut("a", 1_800, 2_000), new Playback.Cut("b", 0, 1_000));
        playback.advanceTo(3L * SECOND);
        assertThat(heard[1_800 * SECOND / 1_000 - 1]).isEqualTo((short) 1);
        assertThat(heard[1_800 * SECOND / 1_000]).isZero();
        assertThat(told).containsExactly("a started at 0");
        assertThat(playback.cut()).isEmpty();
    }

    @Test
    void whatWasHeardToItsEndIsNotCut() {
        playback.enqueue("a", sound(SECOND, 1));
        playback.complete("a");
        playback.advanceTo(SECOND);

        assertThat(playback.cut()).isEmpty();
    }

    @Test
    void anItemThatIsStillArrivingIsCutEvenIfNothingWaits() {
        playback.enqueue("a", sound(SECOND, 1));
        playback.advanceTo(2L * SECOND);

        assertThat(playback.cut()).containsExactly(new Playback.Cut("a", 1_000, 1_000));
    }

    @Test
    void aGapInTheArrivalIsSilence() {
        playback.enqueue("a", sound(SECOND, 1));
        playback.advanceTo(2L * SECOND);
        playback.enqueue("a", sound(SECOND, 2));
        playback.complete("a");
        playback.advanceTo(3L * SECOND);

        assertThat(heard[SECOND]).isZero();
        assertThat(heard[2 * SECOND]).isEqualTo((short) 2);
        assertThat(told).containsExactly("a started at 0", "a finished at 3000");
    }

    @Test
    void knowsHowMuchOfAnItemHasBeenHeard() {
        playback.enqueue("a", sound(SECOND, 1));
        playback.advanceTo(SECOND / 4);

        assertThat(playback.current()).isEqualTo("a");
        assertThat(playback.playedMillis("a")).isEqualTo(250);
        assertThat(playback.receivedMillis("a")).isEqualTo(1_000);
        assertThat(playback.isSilent()).isFalse();
        assertThat(playback.playedMillis("none")).isZero();
    }
}
