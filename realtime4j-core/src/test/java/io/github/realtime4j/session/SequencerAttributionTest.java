package io.github.realtime4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whose response begins: on servers that echo metadata, on servers that do not, and beside the conversation. */
final class SequencerAttributionTest {
    private final Sequenced on = new Sequenced();

    private void echoIsKnown() {
        on.create("e0");
        on.created("r0", "e0");
        on.done("r0");
        on.take();
    }

    @Test
    void withoutEchoTheNextResponseIsTheOneInFlight() {
        on.create("e1");
        on.create("e2");
        on.created("r1");
        on.done("r1");
        on.created("r2");
        assertThat(on.take())
                .containsExactly("> create e1", "e1 created r1", "e1 done r1", "> create e2", "e2 created r2");
    }

    @Test
    void withoutEchoTheAnswerToATurnIsNotTheOneInFlight() {
        on.create("e1");
        on.turn();
        on.created("vad");
        on.alreadyActive("e1");
        on.done("vad");
        on.created("r1");
        assertThat(on.take()).containsExactly("> create e1", "> create e1", "e1 created r1");
    }

    @Test
    void withoutEchoTheAnswerToSilenceIsNotTheOneInFlight() {
        on.create("e1");
        on.sequencer.serverAnswerIsDue();
        on.created("idle");
        assertThat(on.take()).containsExactly("> create e1");
    }

    @Test
    void withoutEchoATurnThatTheServerLeavesUnansweredTakesNothingAway() {
        on.turn();
        on.pass(2_000);
        on.create("e1");
        on.created("r1");
        assertThat(on.take()).containsExactly("> create e1", "e1 created r1");
    }

    @Test
    void withoutEchoTurnsOfWhichTheServerAnswersNoneTakeNothingAway() {
        on.sequencer.serverAnswersTurns(false);
        on.turn();
        on.create("e1");
        on.created("r1");
        assertThat(on.take()).containsExactly("> create e1", "e1 created r1");
    }

    @Test
    void withoutEchoACommitOfTheApplicationsOwnIsNotAnsweredByTheServer() {
        on.sequencer.committed();
        on.create("e1");
        on.created("r1");
        assertThat(on.take()).containsExactly("> create e1", "e1 created r1");
    }

    @Test
    void takenForTheWrongOneItIsGivenBackAndSentAgain() {
        on.create("e1");
        on.created("vad");
        assertThat(on.alreadyActive("e1")).isTrue();
        assertThat(on.take()).containsExactly("> create e1", "e1 created vad", "e1 uncreated");
        assertThat(on.sequencer.active()).isEqualTo("vad");
        on.done("vad");
        on.created("r1");
        on.done("r1");
        assertThat(on.take()).containsExactly("> create e1", "e1 created r1", "e1 done r1");
    }

    @Test
    void takenForTheWrongOneAndRefusedForAnotherReasonItIsRefused() {
        on.create("e1");
        on.created("vad");
        on.error("invalid_value", "e1");
        assertThat(on.take())
                .containsExactly("> create e1", "e1 created vad", "e1 uncreated", "e1 refused invalid_value");
        on.create("e2");
        assertThat(on.take()).isEmpty();
        on.done("vad");
        assertThat(on.take()).containsExactly("> create e2");
    }

    @Test
    void takenForTheWrongOneAndCancelledItIsNotSentAgain() {
        Sequenced.Request request = on.create("e1");
        on.created("vad");
        on.sequencer.cancel(request);
        on.alreadyActive("e1");
        on.done("vad");
        assertThat(on.take())
                .containsExactly("> create e1", "e1 created vad", "> cancel vad", "e1 uncreated", "e1 dropped");
    }

    @Test
    void onceTheServerIsKnownToEchoWhatCarriesNoNameIsItsOwn() {
        echoIsKnown();
        on.create("e1");
        on.created("vad");
        assertThat(on.take()).containsExactly("> create e1");
        on.alreadyActive("e1");
        on.done("vad");
        on.created("r1", "e1");
        assertThat(on.take()).containsExactly("> create e1", "e1 created r1");
    }

    @Test
    void aRequestWithNoRoomForItsNameIsKnownByTheOrder() {
        echoIsKnown();
        on.create(on.new Request("e1", false, false));
        on.created("r1");
        assertThat(on.take()).containsExactly("> create e1", "e1 created r1");
    }

    @Test
    void aResponseThatNamesAnotherClientsEventIsNotTheOneInFlight() {
        on.create("e1");
        on.created("r9", "e9");
        assertThat(on.take()).containsExactly("> create e1");
    }

    @Test
    void outOfBandResponsesRunInParallelAndBesideTheConversation() {
        on.create("e1");
        on.createOutOfBand("e2");
        on.createOutOfBand("e3");
        assertThat(on.take()).containsExactly("> create e1", "> create e2", "> create e3");
        on.createdOutOfBand("r3", "e3");
        on.created("r1", "e1");
        on.createdOutOfBand("r2", "e2");
        assertThat(on.take()).containsExactly("e3 created r3", "e1 created r1", "e2 created r2");
        assertThat(on.sequencer.active()).isEqualTo("r1");
        assertThat(on.sequencer.isOutOfBand("r2")).isTrue();
        assertThat(on.sequencer.isOutOfBand("r1")).isFalse();
        on.create("e4");
        on.done("r2");
        on.done("r3");
        assertThat(on.take()).containsExactly("e2 done r2", "e3 done r3");
        on.done("r1");
        assertThat(on.take()).containsExactly("e1 done r1", "> create e4");
        on.created("r4", "e4");
        on.done("r4");
        assertThat(on.time.waiting()).isZero();
    }

    @Test
    void withoutEchoAnOutOfBandResponseIsKnownByTheConversationThatItHasNot() {
        on.createOutOfBand("e1");
        on.createOutOfBand("e2");
        on.created("vad");
        on.createdOutOfBand("r1", null);
        on.createdOutOfBand("r2", null);
        assertThat(on.take()).containsExactly("> create e1", "> create e2", "e1 created r1", "e2 created r2");
        assertThat(on.sequencer.active()).isEqualTo("vad");
    }

    @Test
    void anOutOfBandResponseThatIsDoneWithoutCreatedIsBoth() {
        on.createOutOfBand("e1");
        on.done("r1", "e1");
        assertThat(on.take()).containsExactly("> create e1", "e1 created r1", "e1 done r1");
        assertThat(on.time.waiting()).isZero();
    }

    @Test
    void anOutOfBandRequestIsRefusedByNameAndGivenUpByTime() {
        on.createOutOfBand("e1");
        on.createOutOfBand("e2");
        assertThat(on.error("invalid_value", "e1")).isTrue();
        on.pass(10_000);
        assertThat(on.take()).containsExactly("> create e1", "> create e2", "e1 refused invalid_value", "e2 late");
    }

    @Test
    void anOutOfBandResponseIsCancelledWhereverItIs() {
        Sequenced.Request first = on.createOutOfBand("e1");
        Sequenced.Request second = on.createOutOfBand("e2");
        on.createdOutOfBand("r1", "e1");
        on.take();
        on.sequencer.cancel(first);
        on.sequencer.cancel(second);
        assertThat(on.take()).containsExactly("> cancel r1");
        on.createdOutOfBand("r2", "e2");
        assertThat(on.take()).containsExactly("e2 created r2", "> cancel r2");
    }

    @Test
    void cancellingTheConversationLeavesOutOfBandResponsesAlone() {
        on.createOutOfBand("e1");
        on.createdOutOfBand("r1", "e1");
        on.create("e2");
        on.created("r2", "e2");
        on.take();
        on.sequencer.cancel();
        assertThat(on.take()).containsExactly("> cancel r2");
    }

    @Test
    void anOutOfBandRequestThatWasGivenUpIsCancelledOnArrivalAndHoldsNothingUp() {
        on.createOutOfBand("e1");
        on.pass(10_000);
        on.create("e2");
        on.created("r2", "e2");
        on.take();
        on.createdOutOfBand("r1", "e1");
        assertThat(on.take()).containsExactly("> cancel r1");
        assertThat(on.sequencer.active()).isEqualTo("r2");
        on.create("e3");
        on.done("r1", "e1");
        assertThat(on.take()).isEmpty();
        on.done("r2");
        assertThat(on.take()).containsExactly("e2 done r2", "> create e3");
    }
}
