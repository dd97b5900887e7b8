package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.protocol.ConversationEvent.ItemInputAudioTranscriptionCompleted;
import io.github.realtime4j.protocol.ConversationEvent.ItemInputAudioTranscriptionDelta;
import io.github.realtime4j.protocol.InputAudioBufferEvent.Committed;
import io.github.realtime4j.protocol.InputAudioBufferEvent.SpeechStarted;
import io.github.realtime4j.protocol.InputAudioBufferEvent.SpeechStopped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TurnTakingTest {
    private final List<String> done = new ArrayList<>();
    private final StillClock clock = new StillClock();
    private int activeMs;
    private int soundingMs;
    private boolean transcribed;
    private boolean speaking = true;

    private TurnTaking turns(Interruptions policy) {
        return new TurnTaking(
                policy,
                new TurnTaking.Floor() {
                    @Override
                    public int activeMs() {
                        return activeMs;
                    }

                    @Override
                    public int soundingMs() {
                        return soundingMs;
                    }

                    @Override
                    public boolean isTranscribed() {
                        return transcribed;
                    }

                    @Override
                    public boolean hold() {
                        done.add("hold");
                        return speaking;
                    }

                    @Override
                    public void resume() {
                        done.add("resume");
                    }

                    @Override
                    public void interrupt() {
                        done.add("interrupt");
                    }

                    @Override
                    public void answer() {
                        done.add("answer");
                    }

                    @Override
                    public void ignore(String itemId) {
                        done.add("ignore " + itemId);
                    }
                },
                clock);
    }

    private static void start(TurnTaking turns, String itemId) {
        turns.event(new SpeechStarted(null, 0, itemId));
    }

    private static void end(TurnTaking turns, String itemId) {
        turns.event(new SpeechStopped(null, 900, itemId));
        turns.event(new Committed(null, null, itemId));
    }

    private static void words(TurnTaking turns, String itemId, String words) {
        turns.event(new ItemInputAudioTranscriptionCompleted(null, itemId, 0, words, null, null, null));
    }

    @Test
    void anImmediateInterruptionLeavesTheAnswersToTheServer() {
        TurnTaking turns = turns(Interruptions.IMMEDIATE);
        start(turns, "item_1");
        end(turns, "item_1");

        assertThat(done).containsExactly("interrupt");
    }

    @Test
    void aNoiseOf60MillisecondsInterruptsNobody() {
        TurnTaking turns = turns(Interruptions.sustained(Duration.ofMillis(200)));
        activeMs = 60;
        start(turns, "item_1");
        turns.tick();
        end(turns, "item_1");

        assertThat(done).containsExactly("ignore item_1");
    }

    @Test
    void sustainedSpeechInterruptsAsSoonAsItIsLongEnough() {
        TurnTaking turns = turns(Interruptions.sustained(Duration.ofMillis(200)));
        activeMs = 150;
        start(turns, "item_1");
        assertThat(done).isEmpty();
        activeMs = 200;
        turns.tick();
        assertThat(done).containsExactly("interrupt");
        turns.tick();
        end(turns, "item_1");

        assertThat(done).containsExactly("interrupt", "answer");
    }

    @Test
    void theHeldSpeechGoesOnAfterANoise() {
        TurnTaking turns = turns(Interruptions.recoverable());
        activeMs = 60;
        start(turns, "item_1");
        end(turns, "item_1");

        assertThat(done).containsExactly("hold", "resume", "ignore item_1");
    }

    @Test
    void theHeldSpeechGoesOnAfterATurnWithoutAWord() {
        transcribed = true;
        activeMs = 900;
        TurnTaking turns = turns(Interruptions.recoverable());
        start(turns, "item_1");
        end(turns, "item_1");
        assertThat(done).containsExactly("hold");
        words(turns, "item_1", " ");

        assertThat(done).containsExactly("hold", "resume", "ignore item_1");
    }

    @Test
    void wordsEndTheHoldingAndAreAnswered() {
        transcribed = true;
        activeMs = 900;
        TurnTaking turns = turns(Interruptions.recoverable());
        start(turns, "item_1");
        end(turns, "item_1");
        words(turns, "item_1", "Wait!");

        assertThat(done).containsExactly("hold", "interrupt", "answer");
    }

    @Test
    void wordsDuringTheTurnInterruptBeforeItsEnd() {
        transcribed = true;
        TurnTaking turns = turns(Interruptions.recoverable());
        start(turns, "item_1");
        turns.event(new ItemInputAudioTranscriptionDelta(null, "item_1", 0, "Wai", null, null));
        assertThat(done).containsExactly("hold", "interrupt");
        end(turns, "item_1");

        assertThat(done).containsExactly("hold", "interrupt", "answer");
    }

    @Test
    void aTranscriptThatNeverComesKeepsNobodyWaiting() {
        transcribed = true;
        activeMs = 900;
        TurnTaking turns = turns(Interruptions.recoverable());
        start(turns, "item_1");
        end(turns, "item_1");
        clock.pass(2_900);
        turns.tick();
        assertThat(done).containsExactly("hold");
        clock.pass(200);
        turns.tick();

        assertThat(done).containsExactly("hold", "interrupt", "answer");
    }

    @Test
    void aTurnWhileNobodySpeaksIsAnsweredWithoutWaitingForItsWords() {
        transcribed = true;
        speaking = false;
        activeMs = 900;
        TurnTaking turns = turns(Interruptions.recoverable());
        start(turns, "item_1");
        end(turns, "item_1");

        assertThat(done).containsExactly("hold", "interrupt", "answer");
    }

    @Test
    void whoGoesOnSpeakingIsAnsweredOnceAtTheEnd() {
        transcribed = true;
        activeMs = 900;
        TurnTaking turns = turns(Interruptions.recoverable());
        start(turns, "item_1");
        end(turns, "item_1");
        speaking = false;
        start(turns, "item_2");
        assertThat(done).containsExactly("hold", "interrupt", "hold", "interrupt");
        end(turns, "item_2");

        assertThat(done).containsExactly("hold", "interrupt", "hold", "interrupt", "answer");
    }

    @Test
    void aTurnIsAnsweredEvenIfOnlyANoiseFollows() {
        transcribed = true;
        activeMs = 900;
        TurnTaking turns = turns(Interruptions.recoverable());
        start(turns, "item_1");
        end(turns, "item_1");
        speaking = false;
        activeMs = 60;
        start(turns, "item_2");
        end(turns, "item_2");

        assertThat(done).containsExactly("hold", "interrupt", "hold", "ignore item_2", "answer");
    }

    @Test
    void anticipationSilencesTheAssistantBeforeTheServerHasHeardAnything() {
        TurnTaking turns = turns(Interruptions.IMMEDIATE.anticipating());
        soundingMs = 60;
        turns.tick();
        assertThat(done).isEmpty();
        soundingMs = 80;
        turns.tick();
        turns.tick();
        assertThat(done).containsExactly("hold");
        start(turns, "item_1");

        assertThat(done).containsExactly("hold", "interrupt");
    }

    @Test
    void theAssistantGoesOnIfTheServerHearsNothingOfIt() {
        TurnTaking turns = turns(Interruptions.IMMEDIATE.anticipating());
        soundingMs = 100;
        turns.tick();
        soundingMs = 0;
        clock.pass(690);
        turns.tick();
        assertThat(done).containsExactly("hold");
        clock.pass(20);
        turns.tick();

        assertThat(done).containsExactly("hold", "resume");
    }

    @Test
    void aSoundThatGoesOnIsDoubtedForTwoSecondsAndOnce() {
        TurnTaking turns = turns(Interruptions.IMMEDIATE.anticipating());
        for (soundingMs = 100; soundingMs < 2_080; soundingMs += 20) {
            turns.tick();
            clock.pass(20);
        }
        assertThat(done).containsExactly("hold");
        clock.pass(20);
        turns.tick();
        turns.tick();
        assertThat(done).containsExactly("hold", "resume");
        soundingMs = 0;
        turns.tick();
        soundingMs = 100;
        turns.tick();

        assertThat(done).containsExactly("hold", "resume", "hold");
    }

    @Test
    void anticipationAloneIsNoTurnWhereSoundMustBeSustained() {
        TurnTaking turns = turns(Interruptions.sustained(Duration.ofMillis(200)).anticipating());
        soundingMs = 80;
        activeMs = 80;
        turns.tick();
        start(turns, "item_1");
        end(turns, "item_1");

        assertThat(done).containsExactly("hold", "resume", "ignore item_1");
    }

    @Test
    void withoutAnAssistantToSilenceThereIsNothingToAnticipate() {
        speaking = false;
        TurnTaking turns = turns(Interruptions.IMMEDIATE.anticipating());
        soundingMs = 100;
        turns.tick();
        clock.pass(1_000);
        turns.tick();

        assertThat(done).doesNotContain("resume");
    }

    @Test
    void itemsThatTheUserDidNotSpeakAreNotItsBusiness() {
        TurnTaking turns = turns(Interruptions.recoverable());
        turns.event(new Committed(null, null, "item_9"));
        words(turns, "item_9", "");

        assertThat(done).isEmpty();
    }
}
