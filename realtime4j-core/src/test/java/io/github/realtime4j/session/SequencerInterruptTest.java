package io.github.realtime4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The user begins to speak while the model does. */
final class SequencerInterruptTest {
    private final Sequenced on = new Sequenced();

    private void running() {
        on.create("e1");
        on.created("r1", "e1");
        on.take();
    }

    @Test
    void whatTheServerStopsByItselfIsNotCancelledAgain() {
        on.sequencer.serverInterrupts(true);
        running();
        on.sequencer.speechStarted();
        on.sequencer.interrupt();
        assertThat(on.take()).isEmpty();
        assertThat(on.sequencer.isStopped("r1")).isTrue();
        on.done("r1");
        assertThat(on.take()).containsExactly("e1 done r1");
        on.sequencer.committed();
        assertThat(on.take()).isEmpty();
    }

    @Test
    void aServerThatDoesNotInterruptIsTold() {
        running();
        on.sequencer.speechStarted();
        on.sequencer.interrupt();
        assertThat(on.take()).containsExactly("> cancel r1");
        assertThat(on.sequencer.isStopped("r1")).isTrue();
    }

    @Test
    void anInterruptionThatTheServerHasNotHeardIsTold() {
        on.sequencer.serverInterrupts(true);
        on.sequencer.speechStarted();
        running();
        on.sequencer.interrupt();
        assertThat(on.take()).containsExactly("> cancel r1");
    }

    @Test
    void whatStillRunsAtTheEndOfTheTurnIsCancelledAfterAll() {
        on.sequencer.serverInterrupts(true);
        running();
        on.sequencer.speechStarted();
        on.sequencer.interrupt();
        on.sequencer.committed();
        assertThat(on.take()).containsExactly("> cancel r1");
    }

    @Test
    void whatNobodyHereStoppedIsLeftAloneAtTheEndOfTheTurn() {
        on.sequencer.serverInterrupts(true);
        running();
        on.turn();
        assertThat(on.take()).isEmpty();
    }

    @Test
    void whoCancelsInSoManyWordsIsObeyed() {
        on.sequencer.serverInterrupts(true);
        running();
        on.sequencer.speechStarted();
        on.sequencer.interrupt();
        on.sequencer.cancel();
        on.sequencer.cancel();
        assertThat(on.take()).containsExactly("> cancel r1");
    }

    @Test
    void whatIsOnItsWayIsCancelledWhenItArrives() {
        on.sequencer.serverInterrupts(true);
        on.create("e1");
        on.sequencer.speechStarted();
        on.sequencer.interrupt();
        on.created("r1", "e1");
        assertThat(on.take()).containsExactly("> create e1", "e1 created r1", "> cancel r1");
    }
}
