package io.github.realtime4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the application asks for, one response at a time. */
final class ResponseSequencerTest {
    private final Sequenced on = new Sequenced();

    @Test
    void aRequestIsSentAtOnceWhenTheConversationIsFree() {
        on.create("e1");
        assertThat(on.take()).containsExactly("> create e1");
        on.created("r1", "e1");
        on.done("r1");
        assertThat(on.take()).containsExactly("e1 created r1", "e1 done r1");
        assertThat(on.time.waiting()).isZero();
    }

    @Test
    void whatIsAskedForStaysDistinctAndGoesOneAfterTheOther() {
        on.create("e1");
        on.create("e2");
        on.create("e3");
        on.created("r1", "e1");
        assertThat(on.take()).containsExactly("> create e1", "e1 created r1");
        on.done("r1");
        assertThat(on.take()).containsExactly("e1 done r1", "> create e2");
        on.created("r2", "e2");
        on.done("r2");
        assertThat(on.take()).containsExactly("e2 created r2", "e2 done r2", "> create e3");
    }

    @Test
    void aRequestWaitsForAResponseOfTheServersOwn() {
        on.created("vad");
        on.create("e1");
        assertThat(on.take()).isEmpty();
        assertThat(on.sequencer.active()).isEqualTo("vad");
        on.done("vad");
        assertThat(on.take()).containsExactly("> create e1");
        assertThat(on.sequencer.active()).isNull();
    }

    @Test
    void refusedBecauseATurnIsBeingAnsweredItIsSentAgainWhenThatIsDone() {
        on.create("e1");
        on.turn();
        on.created("vad");
        assertThat(on.alreadyActive("e1")).isTrue();
        assertThat(on.take()).containsExactly("> create e1");
        on.pass(60_000);
        assertThat(on.take()).isEmpty();
        on.done("vad");
        assertThat(on.take()).containsExactly("> create e1");
        on.created("r1", "e1");
        on.done("r1");
        assertThat(on.take()).containsExactly("e1 created r1", "e1 done r1");
    }

    @Test
    void refusedBeforeWhatStandsInTheWayIsAnnouncedItWaitsForThatToEnd() {
        on.create("e1");
        on.alreadyActive("e1");
        on.created("vad");
        on.take();
        on.pass(60_000);
        assertThat(on.take()).isEmpty();
        on.done("vad");
        assertThat(on.take()).containsExactly("> create e1");
    }

    @Test
    void refusedAlthoughDoneHasArrivedAlreadyItIsSentAgainSoon() {
        on.create("e1");
        on.turn();
        on.created("vad");
        on.done("vad");
        on.take();
        assertThat(on.alreadyActive("e1")).isTrue();
        on.pass(99);
        assertThat(on.take()).isEmpty();
        on.pass(1);
        assertThat(on.take()).containsExactly("> create e1");
    }

    @Test
    void whatWasRefusedStaysAheadOfWhatWasAskedForLater() {
        on.create("e1");
        on.create("e2");
        on.turn();
        on.created("vad");
        on.alreadyActive("e1");
        on.done("vad");
        assertThat(on.take()).containsExactly("> create e1", "> create e1");
    }

    @Test
    void refusedAgainAndAgainByNothingThatIsSeenItIsRefused() {
        on.create("e1");
        on.create("e2");
        for (int i = 1; i <= 10; i++) {
            on.alreadyActive("e1");
            on.pass(100L * i);
        }
        assertThat(on.take()).hasSize(11).containsOnly("> create e1");
        on.alreadyActive("e1");
        assertThat(on.take()).containsExactly("e1 refused conversation_already_has_active_response", "> create e2");
    }

    @Test
    void turnsThatAreAnsweredMayComeBetweenAsOftenAsTheyLike() {
        on.create("e1");
        for (int i = 0; i < 100; i++) {
            on.turn();
            on.created("vad" + i);
            assertThat(on.alreadyActive("e1")).isTrue();
            on.done("vad" + i);
        }
        assertThat(on.take()).hasSize(101).containsOnly("> create e1");
    }

    @Test
    void anotherErrorRefusesTheRequestAndTheNextIsSent() {
        on.create("e1");
        on.create("e2");
        assertThat(on.error("unknown_parameter", "e1")).isTrue();
        assertThat(on.take()).containsExactly("> create e1", "e1 refused unknown_parameter", "> create e2");
    }

    @Test
    void errorForAnotherEventDoesNotReleaseTheRequest() {
        on.create("e1");
        on.create("e2");
        on.take();
        assertThat(on.error("invalid_value", "e9")).isFalse();
        assertThat(on.alreadyActive("e9")).isFalse();
        assertThat(on.take()).isEmpty();
    }

    @Test
    void ofErrorsThatNameNoEventOnlyTheOneAboutAnActiveResponseIsAboutARequest() {
        on.create("e1");
        on.take();
        assertThat(on.error("invalid_value", null)).isFalse();
        assertThat(on.alreadyActive(null)).isTrue();
        on.pass(100);
        assertThat(on.take()).containsExactly("> create e1");
        on.created("r1", "e1");
        assertThat(on.alreadyActive(null)).isFalse();
        assertThat(on.take()).containsExactly("e1 created r1");
    }

    @Test
    void cancelledBeforeItIsCreatedItIsCancelledByIdOnArrival() {
        Sequenced.Request request = on.create("e1");
        on.sequencer.cancel(request);
        assertThat(on.take()).containsExactly("> create e1");
        on.created("r1", "e1");
        assertThat(on.take()).containsExactly("e1 created r1", "> cancel r1");
        on.done("r1");
        assertThat(on.take()).containsExactly("e1 done r1");
    }

    @Test
    void cancelImmediatelyFollowedByCreateWaitsForTheEndOfWhatWasCancelled() {
        on.create("e1");
        on.created("r1", "e1");
        on.take();
        on.sequencer.cancel();
        on.create("e2");
        assertThat(on.take()).containsExactly("> cancel r1");
        on.done("r1");
        assertThat(on.take()).containsExactly("e1 done r1", "> create e2");
    }

    @Test
    void cancelBeforeCreatedFollowedByCreateDoesTheSame() {
        on.create("e1");
        on.sequencer.cancel();
        on.create("e2");
        on.created("r1", "e1");
        assertThat(on.take()).containsExactly("> create e1", "e1 created r1", "> cancel r1");
        on.done("r1");
        assertThat(on.take()).containsExactly("e1 done r1", "> create e2");
    }

    @Test
    void whatRunsIsCancelledOnce() {
        Sequenced.Request request = on.create("e1");
        on.created("r1", "e1");
        on.take();
        on.sequencer.cancel(request);
        on.sequencer.cancel();
        on.sequencer.cancel("r1");
        assertThat(on.take()).containsExactly("> cancel r1");
    }

    @Test
    void cancelReachesAResponseThatTheServerBegan() {
        on.created("vad");
        on.sequencer.cancel();
        assertThat(on.take()).containsExactly("> cancel vad");
    }

    @Test
    void cancelWithNothingToStopAndOfWhatHasEndedSendsNothing() {
        Sequenced.Request request = on.create("e1");
        on.created("r1", "e1");
        on.done("r1");
        on.take();
        on.sequencer.cancel();
        on.sequencer.cancel(request);
        on.sequencer.cancel("r1");
        assertThat(on.take()).isEmpty();
    }

    @Test
    void aQueuedRequestIsDroppedAndCancellingWhatRunsLeavesTheOthersQueued() {
        on.create("e1");
        Sequenced.Request second = on.create("e2");
        on.create("e3");
        on.created("r1", "e1");
        on.take();
        on.sequencer.cancel(second);
        on.sequencer.cancel();
        assertThat(on.take()).containsExactly("e2 dropped", "> cancel r1");
        on.done("r1");
        assertThat(on.take()).containsExactly("e1 done r1", "> create e3");
    }

    @Test
    void withdrawnAndRefusedItIsNotSentAgain() {
        Sequenced.Request request = on.create("e1");
        on.turn();
        on.created("vad");
        on.sequencer.cancel(request);
        on.alreadyActive("e1");
        on.done("vad");
        assertThat(on.take()).containsExactly("> create e1", "e1 dropped");
    }

    @Test
    void waitingToBeSentAgainItCanBeDropped() {
        Sequenced.Request request = on.create("e1");
        on.alreadyActive("e1");
        on.sequencer.cancel(request);
        on.pass(60_000);
        assertThat(on.take()).containsExactly("> create e1", "e1 dropped");
    }

    @Test
    void unansweredForTooLongItIsGivenUpAndTheNextIsSent() {
        on.create("e1");
        on.create("e2");
        on.pass(9_999);
        assertThat(on.take()).containsExactly("> create e1");
        on.pass(1);
        assertThat(on.take()).containsExactly("e1 late", "> create e2");
    }

    @Test
    void givenUpAndCreatedAfterAllItIsCancelled() {
        on.create("e1");
        on.pass(10_000);
        on.take();
        on.created("r1", "e1");
        on.create("e2");
        assertThat(on.take()).containsExactly("> cancel r1");
        on.done("r1");
        assertThat(on.take()).containsExactly("> create e2");
    }

    @Test
    void givenUpAndRefusedAfterAllTheErrorIsKnown() {
        on.create("e1");
        on.pass(10_000);
        on.take();
        assertThat(on.alreadyActive("e1")).isTrue();
        assertThat(on.alreadyActive("e1")).isFalse();
        assertThat(on.take()).isEmpty();
    }

    @Test
    void whatQueuesIsNotTimed() {
        on.created("vad");
        on.create("e1");
        on.pass(3_600_000);
        on.done("vad");
        assertThat(on.take()).containsExactly("> create e1");
        on.pass(10_000);
        assertThat(on.take()).containsExactly("e1 late");
    }

    @Test
    void doneWithoutCreatedIsBoth() {
        on.create("e1");
        on.create("e2");
        on.take();
        on.done("r1", "e1");
        assertThat(on.take()).containsExactly("e1 created r1", "e1 done r1", "> create e2");
        on.pass(9_999);
        assertThat(on.take()).isEmpty();
    }

    @Test
    void doneTwiceAndDoneOfAStrangerHaveNoEffect() {
        on.create("e1");
        on.create("e2");
        on.created("r1", "e1");
        on.done("r1");
        on.take();
        on.done("r1", "e1");
        on.done("stranger");
        on.created("r2", "e2");
        on.done("r1", "e1");
        assertThat(on.take()).containsExactly("e2 created r2");
        assertThat(on.sequencer.active()).isEqualTo("r2");
    }

    @Test
    void chainedFalseStartsLeaveTheRequestInOrder() {
        on.create("e1");
        on.turn();
        on.created("vad1");
        on.alreadyActive("e1");
        for (int i = 1; i < 5; i++) {
            on.sequencer.speechStarted();
            on.done("vad" + i);
            on.alreadyActive("e1");
            on.sequencer.committed();
            on.created("vad" + (i + 1));
        }
        on.take();
        on.alreadyActive("e1");
        assertThat(on.take()).isEmpty();
        on.done("vad5");
        assertThat(on.take()).containsExactly("> create e1");
        on.created("r1", "e1");
        on.done("r1");
        assertThat(on.take()).containsExactly("e1 created r1", "e1 done r1");
    }

    @Test
    void aResponseThatIsOvertakenGoesOnBesideAndStillEnds() {
        Sequenced.Request request = on.create("e1");
        on.created("r1", "e1");
        on.created("vad");
        on.create("e2");
        on.take();
        assertThat(on.sequencer.active()).isEqualTo("vad");
        assertThat(on.sequencer.isOutOfBand("r1")).isFalse();
        on.sequencer.cancel(request);
        on.sequencer.cancel("r1");
        assertThat(on.take()).containsExactly("> cancel r1", "> cancel r1");
        on.done("r1");
        assertThat(on.take()).containsExactly("e1 done r1");
        on.done("vad");
        assertThat(on.take()).containsExactly("> create e2");
    }

    @Test
    void theEndFailsEverythingOnceAndNothingIsSentAfterwards() {
        on.create("e1");
        on.created("r1", "e1");
        on.created("vad");
        on.createdOutOfBand("r2", null);
        on.createOutOfBand("e2");
        on.createdOutOfBand("r3", "e2");
        on.createOutOfBand("e3");
        on.done("r2");
        on.create("e4");
        on.create("e5");
        on.take();
        on.sequencer.end(new IllegalStateException("over"));
        assertThat(on.take())
                .containsExactlyInAnyOrder(
                        "e1 failed over", "e2 failed over", "e3 failed over", "e4 failed over", "e5 failed over");
        assertThat(on.time.waiting()).isZero();
        on.create("e6");
        on.createOutOfBand("e7");
        on.sequencer.followUp();
        on.sequencer.cancel();
        on.turn();
        on.pass(60_000);
        assertThat(on.take()).containsExactly("e6 failed over", "e7 failed over");
    }

    @Test
    void theEndFailsWhatIsInFlightAndWhatRuns() {
        on.create("e1");
        on.sequencer.end(new IllegalStateException("over"));
        assertThat(on.take()).containsExactly("> create e1", "e1 failed over");
        Sequenced other = new Sequenced();
        other.create("e1");
        other.created("r1", "e1");
        other.take();
        other.sequencer.end(new IllegalStateException("over"));
        assertThat(other.take()).containsExactly("e1 failed over");
        assertThat(other.time.waiting()).isZero();
    }

    @Test
    void theEndStopsWhatWaitsToBeSentAgain() {
        on.create("e1");
        on.alreadyActive("e1");
        on.take();
        on.sequencer.end(new IllegalStateException("over"));
        assertThat(on.take()).containsExactly("e1 failed over");
        assertThat(on.time.waiting()).isZero();
    }

    @Test
    void itIsIdleWhenNobodySpeaksAndNothingIsToCome() {
        assertThat(on.sequencer.isIdle()).isTrue();
        on.sequencer.speechStarted();
        assertThat(on.sequencer.isIdle()).isFalse();
        on.sequencer.committed();
        assertThat(on.sequencer.isIdle()).isFalse();
        on.created("vad");
        assertThat(on.sequencer.isIdle()).isFalse();
        on.create("e1");
        on.done("vad");
        assertThat(on.sequencer.isIdle()).isFalse();
        on.created("r1", "e1");
        on.done("r1");
        assertThat(on.sequencer.isIdle()).isTrue();
    }
}
