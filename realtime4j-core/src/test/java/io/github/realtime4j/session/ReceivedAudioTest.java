package io.github.realtime4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.session.ReceivedAudio.Cut;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** FIELD-NOTES 2: where an interrupted item is cut. */
final class ReceivedAudioTest {
    private static final AudioFormat PCM = AudioFormat.PCM16_24KHZ;

    private final ReceivedAudio received = new ReceivedAudio();

    private void delta(String itemId, int contentIndex, int bytes) {
        delta(itemId, contentIndex, bytes, PCM, false);
    }

    private void delta(String itemId, int contentIndex, int bytes, AudioFormat format, boolean outOfBand) {
        received.delta(
                new ResponseEvent.OutputAudioDelta(
                        null, "r1", itemId, 0, contentIndex, AudioBytes.wrap(new byte[bytes])),
                format,
                outOfBand);
    }

    private void done(String itemId, int contentIndex) {
        received.done(new ResponseEvent.OutputAudioDone(null, "r1", itemId, 0, contentIndex));
    }

    private Cut cut(String itemId, long playedMillis) {
        return received.cut(itemId, 0, Duration.ofMillis(playedMillis));
    }

    @Test
    void itIsCutAtWhatWasPlayed() {
        delta("i1", 0, 48_000);
        assertThat(cut("i1", 340)).isEqualTo(new Cut.Truncate("i1", 0, 340));
        assertThat(received.isCut("i1", 0)).isTrue();
    }

    @Test
    void butNeverAfterWhatWasReceived() {
        delta("i1", 0, 48_000);
        delta("i1", 0, 4_800);
        assertThat(cut("i1", 57_340)).isEqualTo(new Cut.Truncate("i1", 0, 1_100));
    }

    @Test
    void inTheFormatInWhichItCameAndInWholeMilliseconds() {
        delta("i1", 0, 8_007, AudioFormat.PCMU, false);
        assertThat(received.cut("i1", 0, Duration.ofHours(1))).isEqualTo(new Cut.Truncate("i1", 0, 1_000));
        delta("i2", 0, 48_000);
        assertThat(received.cut("i2", 0, Duration.ofNanos(20_999_999))).isEqualTo(new Cut.Truncate("i2", 0, 20));
    }

    @Test
    void anItemOfWhichNothingWasHeardIsDeleted() {
        delta("i1", 0, 48_000);
        assertThat(cut("i1", 0)).isEqualTo(new Cut.Delete("i1"));
        delta("i2", 0, 48_000);
        assertThat(cut("i2", -20)).isEqualTo(new Cut.Delete("i2"));
    }

    @Test
    void anItemOfWhichAPartWasHeardIsNotDeleted() {
        delta("i1", 0, 24_000);
        done("i1", 0);
        delta("i1", 1, 24_000);

        assertThat(received.cut("i1", 1, Duration.ZERO)).isEqualTo(new Cut.Truncate("i1", 1, 0));
    }

    @Test
    void anItemOfSeveralPartsIsDeletedOnce() {
        delta("i1", 0, 24_000);
        done("i1", 0);
        delta("i1", 1, 24_000);

        assertThat(cut("i1", 0)).isEqualTo(new Cut.Delete("i1"));
        assertThat(received.cut("i1", 1, Duration.ZERO)).isEqualTo(new Cut.Nothing("i1"));
    }

    @Test
    void whatIsInNoConversationIsSilencedAndNotTruncated() {
        delta("i1", 0, 24_000, PCM, true);

        assertThat(cut("i1", 100)).isEqualTo(new Cut.Nothing("i1"));
        assertThat(received.isCut("i1", 0)).isTrue();
    }

    @Test
    void anItemThatWasHeardToItsEndIsLeft() {
        delta("i1", 0, 48_000);
        done("i1", 0);
        assertThat(cut("i1", 1_000)).isEqualTo(new Cut.Nothing("i1"));
        assertThat(received.isCut("i1", 0)).isFalse();
        assertThat(cut("i1", 999)).isEqualTo(new Cut.Truncate("i1", 0, 999));
    }

    @Test
    void anItemIsCutOnceAndAnUnknownOneIsLeft() {
        delta("i1", 0, 48_000);
        cut("i1", 500);
        assertThat(cut("i1", 200)).isEqualTo(new Cut.Nothing("i1"));
        assertThat(cut("i9", 200)).isEqualTo(new Cut.Nothing("i9"));
    }

    @Test
    void whatStillComesOfACutPartIsKnownAsCutAndTheOtherPartsAreNot() {
        delta("i1", 0, 48_000);
        delta("i1", 1, 48_000);
        cut("i1", 500);
        delta("i1", 0, 48_000);
        assertThat(received.isCut("i1", 0)).isTrue();
        assertThat(received.isCut("i1", 1)).isFalse();
        assertThat(received.isCut("i9", 0)).isFalse();
    }

    @Test
    void theNewestIsTheOneThatBeganToSpeakLast() {
        assertThat(received.any()).isFalse();
        assertThat(received.newest()).isNull();
        delta("i1", 0, 10);
        delta("i2", 0, 10);
        delta("i2", 1, 10);
        assertThat(received.any()).isTrue();
        assertThat(received.newest()).isEqualTo("i2");
        assertThat(received.newestContentIndex()).isOne();
        assertThat(received.isKnown("i1")).isTrue();
        assertThat(received.isKnown(null)).isFalse();
        received.deleted("i2");
        assertThat(received.newest()).isEqualTo("i1");
        assertThat(received.isKnown("i2")).isFalse();
    }

    @Test
    void onlyTheNewestAreRemembered() {
        for (int i = 0; i < 33; i++) {
            delta("i" + i, 0, 48_000);
        }
        assertThat(received.isKnown("i0")).isFalse();
        assertThat(received.isKnown("i1")).isTrue();
        assertThat(cut("i0", 100)).isEqualTo(new Cut.Nothing("i0"));
    }
}
