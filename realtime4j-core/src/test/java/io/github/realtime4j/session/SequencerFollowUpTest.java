package io.github.realtime4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the session wants by itself, after tool results: one response, when nobody speaks. */
final class SequencerFollowUpTest {
    private final Sequenced on = new Sequenced();

    @Test
    void severalFollowUpsAreOneResponse() {
        on.created("r1");
        on.answer("call_1");
        on.answer("call_2");
        on.answer("call_3");
        assertThat(on.take()).isEmpty();
        on.done("r1");
        assertThat(on.take()).containsExactly("> create auto1");
        on.created("r2", "auto1");
        on.done("r2");
        assertThat(on.take()).containsExactly("auto1 created r2", "followed up by r2", "auto1 done r2");
        assertThat(on.sequencer.isIdle()).isTrue();
    }

    @Test
    void aFollowUpWantedAfterTheLastOneWasSentIsAnother() {
        on.answer("call_1");
        on.answer("call_2");
        on.created("r1", "auto1");
        assertThat(on.take()).containsExactly("> create auto1", "auto1 created r1");
        on.done("r1");
        assertThat(on.take()).containsExactly("auto1 done r1", "> create auto2");
        on.created("r2", "auto2");
        assertThat(on.take()).containsExactly("auto2 created r2", "followed up by r2");
    }

    @Test
    void aTurnsResponseThatBeganBeforeTheOutputArrivedDoesNotFulfilIt() {
        on.created("r1");
        on.sequencer.speechStarted();
        on.done("r1");
        on.answer("call_1");
        on.sequencer.committed();
        on.created("vad");
        on.sequencer.outputSettled("call_1");
        assertThat(on.take()).isEmpty();
        on.done("vad");
        assertThat(on.take()).containsExactly("> create auto1");
    }

    @Test
    void aTurnsResponseThatBeganAfterTheOutputArrivedFulfilsIt() {
        on.created("r1");
        on.sequencer.speechStarted();
        on.done("r1");
        on.answer("call_1");
        on.sequencer.outputSettled("call_1");
        on.sequencer.committed();
        on.created("vad");
        assertThat(on.take()).containsExactly("followed up by vad");
        on.done("vad");
        on.pass(60_000);
        assertThat(on.take()).isEmpty();
        assertThat(on.sequencer.isIdle()).isTrue();
    }

    @Test
    void aRequestThatWasSentAfterTheOutputFulfilsItAndGoesFirst() {
        on.created("r1");
        on.answer("call_1");
        on.create("e1");
        on.done("r1");
        on.created("r2", "e1");
        on.done("r2");
        assertThat(on.take()).containsExactly("> create e1", "e1 created r2", "followed up by r2", "e1 done r2");
    }

    @Test
    void aRequestThatWasSentBeforeTheOutputDoesNotFulfilIt() {
        on.create("e1");
        on.answer("call_1");
        on.created("r1", "e1");
        on.sequencer.outputSettled("call_1");
        on.done("r1");
        assertThat(on.take()).containsExactly("> create e1", "e1 created r1", "e1 done r1", "> create auto1");
    }

    @Test
    void whileTheUserSpeaksItWaits() {
        on.sequencer.speechStarted();
        on.answer("call_1");
        on.pass(60_000);
        assertThat(on.take()).isEmpty();
        on.sequencer.cleared();
        assertThat(on.take()).containsExactly("> create auto1");
    }

    @Test
    void whileTheServerIsAboutToAnswerItWaitsAndIfItDoesNotItIsSent() {
        on.turn();
        on.answer("call_1");
        on.pass(1_999);
        assertThat(on.take()).isEmpty();
        on.pass(1);
        assertThat(on.take()).containsExactly("> create auto1");
    }

    @Test
    void whatTheApplicationAsksForDoesNotWaitForTheUser() {
        on.sequencer.speechStarted();
        on.create("e1");
        assertThat(on.take()).containsExactly("> create e1");
    }

    @Test
    void whenTheServerIsToldToAnswerNoMoreTurnsItIsSentAtOnce() {
        on.turn();
        on.answer("call_1");
        assertThat(on.take()).isEmpty();
        on.sequencer.serverAnswersTurns(false);
        assertThat(on.take()).containsExactly("> create auto1");
    }

    @Test
    void afterATurnThatTheServerDoesNotAnswerItIsSentAtOnce() {
        on.sequencer.serverAnswersTurns(false);
        on.sequencer.speechStarted();
        on.answer("call_1");
        assertThat(on.take()).isEmpty();
        on.sequencer.committed();
        assertThat(on.take()).containsExactly("> create auto1");
    }

    @Test
    void refusedItIsWantedAsBefore() {
        on.answer("call_1");
        on.created("vad");
        on.sequencer.outputSettled("call_1");
        on.alreadyActive("auto1");
        assertThat(on.take()).contains("> create auto1", "auto1 dropped").doesNotContain("> create auto2");
        on.done("vad");
        assertThat(on.take()).containsExactly("> create auto2");
    }

    @Test
    void refusedByAResponseThatHasSeenTheOutputItIsFulfilled() {
        on.answer("call_1");
        on.sequencer.outputSettled("call_1");
        on.turn();
        on.created("vad");
        on.alreadyActive("auto1");
        on.done("vad");
        on.pass(60_000);
        assertThat(on.take()).containsExactly("> create auto1", "followed up by vad", "auto1 dropped");
        assertThat(on.sequencer.isIdle()).isTrue();
    }

    @Test
    void takenForTheFollowUpAResponseThatHasNotSeenTheOutputDoesNotFulfilIt() {
        on.answer("call_1");
        on.created("vad");
        on.sequencer.outputSettled("call_1");
        assertThat(on.take()).containsExactly("> create auto1", "auto1 created vad", "followed up by vad");
        on.alreadyActive("auto1");
        assertThat(on.take()).containsExactly("auto1 uncreated", "not followed up by vad", "auto1 dropped");
        on.done("vad");
        assertThat(on.take()).containsExactly("> create auto2");
        on.created("r1", "auto2");
        assertThat(on.take()).containsExactly("auto2 created r1", "followed up by r1");
    }

    @Test
    void takenForTheFollowUpAResponseThatHasSeenTheOutputFulfilsIt() {
        on.answer("call_1");
        on.sequencer.outputSettled("call_1");
        on.created("vad");
        on.alreadyActive("auto1");
        on.done("vad");
        on.pass(60_000);
        assertThat(on.take())
                .containsExactly(
                        "> create auto1",
                        "auto1 created vad",
                        "followed up by vad",
                        "auto1 uncreated",
                        "auto1 dropped");
    }

    @Test
    void takenForARequestAResponseThatHasNotSeenTheOutputDoesNotFulfilTheFollowUp() {
        on.created("r1");
        on.answer("call_1");
        on.create("e1");
        on.done("r1");
        on.created("vad");
        on.alreadyActive("e1");
        on.sequencer.outputSettled("call_1");
        on.done("vad");
        on.created("r2", "e1");
        assertThat(on.take())
                .containsExactly(
                        "> create e1",
                        "e1 created vad",
                        "followed up by vad",
                        "e1 uncreated",
                        "not followed up by vad",
                        "> create e1",
                        "e1 created r2",
                        "followed up by r2");
    }

    @Test
    void cancelledInFlightItIsFollowedUpByWhatIsCancelled() {
        on.answer("call_1");
        on.sequencer.cancel();
        on.created("r1", "auto1");
        on.done("r1");
        on.pass(60_000);
        assertThat(on.take())
                .containsExactly(
                        "> create auto1", "auto1 created r1", "> cancel r1", "followed up by r1", "auto1 done r1");
    }

    @Test
    void cancelledInFlightAndRefusedItIsNotWantedAnyMore() {
        on.answer("call_1");
        on.sequencer.cancel();
        on.alreadyActive("auto1");
        on.pass(60_000);
        assertThat(on.take()).containsExactly("> create auto1", "auto1 dropped");
        assertThat(on.sequencer.isFollowUpWanted()).isFalse();
        assertThat(on.sequencer.isIdle()).isTrue();
    }

    @Test
    void refusedForGoodItIsNotWantedAnyMore() {
        on.answer("call_1");
        on.error("conversation_too_long", "auto1");
        on.pass(60_000);
        assertThat(on.take()).containsExactly("> create auto1", "auto1 refused conversation_too_long");
        on.answer("call_2");
        assertThat(on.take()).containsExactly("> create auto2");
    }

    @Test
    void unansweredItIsGivenUp() {
        on.answer("call_1");
        on.pass(60_000);
        assertThat(on.take()).containsExactly("> create auto1", "auto1 late");
        assertThat(on.sequencer.isIdle()).isTrue();
        on.created("r1", "auto1");
        assertThat(on.take()).containsExactly("> cancel r1");
    }

    @Test
    void doneWithoutCreatedItHasBeenFollowedUp() {
        on.answer("call_1");
        on.done("r1", "auto1");
        on.pass(60_000);
        assertThat(on.take())
                .containsExactly("> create auto1", "auto1 created r1", "followed up by r1", "auto1 done r1");
        assertThat(on.sequencer.isIdle()).isTrue();
    }

    @Test
    void refusalsOfAFollowUpDoNotCountForARequest() {
        on.answer("call_1");
        for (int i = 1; i <= 10; i++) {
            on.alreadyActive("auto" + i);
            if (i < 10) {
                on.pass(100L * i);
            }
        }
        on.create("e1");
        on.pass(1_000);
        on.take();
        assertThat(on.alreadyActive("e1")).isTrue();
        assertThat(on.take()).isEmpty();
        on.pass(100);
        assertThat(on.take()).containsExactly("> create e1");
    }

    @Test
    void refusedAgainAndAgainByNothingThatIsSeenItIsRefused() {
        on.answer("call_1");
        for (int i = 1; i <= 11; i++) {
            on.alreadyActive("auto" + i);
            on.pass(100L * i);
        }
        assertThat(on.take()).endsWith("auto11 refused conversation_already_has_active_response");
        assertThat(on.sequencer.isIdle()).isTrue();
    }
}
