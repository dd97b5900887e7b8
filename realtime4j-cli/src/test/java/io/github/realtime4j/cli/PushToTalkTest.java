package io.github.realtime4j.cli;

import static io.github.realtime4j.cli.PushToTalk.Action.NONE;
import static io.github.realtime4j.cli.PushToTalk.Action.PRESS;
import static io.github.realtime4j.cli.PushToTalk.Action.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PushToTalkTest {
    private final PushToTalk key = new PushToTalk();

    /** Spaces as a held key sends them: at once, after half a second, and then thirty times a second. */
    private long hold(long from, long millis) {
        long last = from;
        for (long at = from + 500; at < from + millis; at += 33) {
            assertThat(key.tick(at)).isEqualTo(NONE);
            assertThat(key.space(at)).isEqualTo(NONE);
            last = at;
        }
        return last;
    }

    @Test
    void aHeldKeyIsReleasedWhenItsRepeatsStop() {
        assertThat(key.space(1_000)).isEqualTo(PRESS);
        long last = hold(1_000, 3_000);

        assertThat(key.tick(last + 199)).isEqualTo(NONE);
        assertThat(key.tick(last + 200)).isEqualTo(RELEASE);
        assertThat(key.tick(last + 5_000)).isEqualTo(NONE);
        assertThat(key.space(last + 5_001)).isEqualTo(PRESS);
    }

    @Test
    void aKeyThatWasTappedIsReleasedByTheNextTap() {
        assertThat(key.space(0)).isEqualTo(PRESS);
        assertThat(key.tick(1_199)).isEqualTo(NONE);
        assertThat(key.isLatched()).isFalse();
        assertThat(key.tick(1_200)).isEqualTo(NONE);
        assertThat(key.isLatched()).isTrue();
        assertThat(key.tick(60_000)).isEqualTo(NONE);

        assertThat(key.space(60_001)).isEqualTo(RELEASE);
        assertThat(key.isLatched()).isFalse();
    }

    @Test
    void whoHoldsTheKeyThatEndsATurnDoesNotBeginAnother() {
        key.space(0);
        assertThat(key.space(9_000)).isEqualTo(RELEASE);
        long last = hold(9_000, 4_000);

        key.tick(last + 200);
        assertThat(key.space(last + 201)).isEqualTo(PRESS);
    }

    @Test
    void anotherTurnMayBeginSoonAfterATap() {
        key.space(0);
        assertThat(key.space(9_000)).isEqualTo(RELEASE);

        assertThat(key.space(9_700)).isEqualTo(PRESS);
    }

    @Test
    void twoQuickTapsAreAShortTurn() {
        assertThat(key.space(0)).isEqualTo(PRESS);
        assertThat(key.space(300)).isEqualTo(NONE);

        assertThat(key.tick(500)).isEqualTo(RELEASE);
    }

    @Test
    void repeatsThatAreReadTooLateAreStillRepeats() {
        key.space(0);
        hold(0, 2_000);

        assertThat(key.space(6_000)).isEqualTo(NONE);
        assertThat(key.tick(6_200)).isEqualTo(RELEASE);
    }
}
