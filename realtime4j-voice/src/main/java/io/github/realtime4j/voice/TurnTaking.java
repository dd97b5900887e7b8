package io.github.realtime4j.voice;

import io.github.realtime4j.protocol.ConversationEvent.ItemInputAudioTranscriptionCompleted;
import io.github.realtime4j.protocol.ConversationEvent.ItemInputAudioTranscriptionDelta;
import io.github.realtime4j.protocol.ConversationEvent.ItemInputAudioTranscriptionFailed;
import io.github.realtime4j.protocol.InputAudioBufferEvent.Cleared;
import io.github.realtime4j.protocol.InputAudioBufferEvent.Committed;
import io.github.realtime4j.protocol.InputAudioBufferEvent.SpeechStarted;
import io.github.realtime4j.protocol.InputAudioBufferEvent.SpeechStopped;
import io.github.realtime4j.protocol.ServerEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of the user's sound interrupts the assistant, and, where the server is not to, which turn is answered.
 *
 * <pre>
 * speech started ──▶ undecided ── sound for long enough ──▶ a turn: interrupts; answered when committed
 *                        │
 *                        └─ committed before that ──▶ noise: deleted, the assistant goes on</pre>
 *
 * <p>A turn of a conversation that is held waits for its words besides, if they are being written down. Safe from any
 * thread.
 */
final class TurnTaking {
    /** How long a held answer waits for the words of the turn. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** How long there must be sound to be silent before the server has heard anything: a click is shorter. */
    private static final int ANTICIPATED_MS = 70;

    /** How long after the sound to wait for the server to hear it too; it may want to hear another word. */
    private static final Duration DOUBT = Duration.ofMillis(700);

    private static final Duration LONGEST_DOUBT = Duration.ofSeconds(2);

    private final Interruptions policy;
    private final Floor floor;
    private final VoiceClock clock;

    // All guarded by this.
    private @Nullable String userItem;

    /** Sound was there for long enough in this turn. */
    private boolean isSpeech;

    /** The turn has interrupted, or has nothing to interrupt. */
    private boolean taken;

    private boolean holding;

    /** Holding, because of something that the server has not heard yet. */
    private boolean anticipating;

    private long doubtEnds;
    private long doubtEndsAtLast;

    /** The sound that goes on now was nothing to the server. */
    private boolean dismissed;

    private @Nullable String awaitsWords;
    private long patienceEnds;

    /** A turn that was interrupted by the next one has no answer yet. */
    private boolean answerDue;

    /** What decisions lead to. Must not wait. */
    interface Floor {
        /** For how long the microphone has heard something. */
        int activeMs();

        /** For how long the microphone has been hearing something; 0 if it hears nothing. */
        int soundingMs();

        /** Whether the user's words are written down. */
        boolean isTranscribed();

        /** The assistant is silent, its speech kept; false if it is silent anyway. */
        boolean hold();

        void resume();

        /** The assistant is cut short. */
        void interrupt();

        void answer();

        void ignore(String itemId);
    }

    TurnTaking(Interruptions policy, Floor floor, VoiceClock clock) {
        this.policy = policy;
        this.floor = floor;
        this.clock = clock;
    }

    synchronized void event(ServerEvent event) {
        if (event instanceof SpeechStarted started) {
            started(started.itemId());
        } else if (event instanceof SpeechStopped) {
            tick();
        } else if (event instanceof Cleared) {
            abandon();
        } else if (policy.isImmediate()) {
            return;
        } else if (event instanceof Committed committed && committed.itemId().equals(userItem)) {
            committed(committed.itemId());
        } else if (event instanceof ItemInputAudioTranscriptionDelta delta && delta.delta() != null) {
            words(delta.itemId(), delta.delta().isBlank(), false);
        } else if (event instanceof ItemInputAudioTranscriptionCompleted whole) {
            words(whole.itemId(), whole.transcript().isBlank(), true);
        } else if (event instanceof ItemInputAudioTranscriptionFailed lost) {
            words(lost.itemId(), false, true);
        }
    }

    private void started(String itemId) {
        anticipating = false;
        if (policy.isImmediate()) {
            holding = false;
            floor.interrupt();
            return;
        }
        if (awaitsWords != null) {
            // Who goes on speaking meant it; the answer to all of it comes at the end.
            awaitsWords = null;
            take();
            answerDue = true;
        }
        userItem = itemId;
        isSpeech = false;
        taken = false;
        if (policy.holds()) {
            holding |= floor.hold();
        }
        tick();
    }

    /** What waited for its words was a turn. */
    private void settle() {
        awaitsWords = null;
        answerDue = false;
        take();
        floor.answer();
    }

    /** The turn that was being heard is none: the assistant goes on. */
    private void abandon() {
        userItem = null;
        if (awaitsWords == null) {
            anticipating = false;
            release();
        }
    }

    /** No turn will be heard any more, or none by the server. */
    synchronized void over() {
        awaitsWords = null;
        answerDue = false;
        abandon();
    }

    /** Time has passed, and more has been heard. */
    synchronized void tick() {
        if (awaitsWords != null && clock.nanos() - patienceEnds >= 0) {
            settle();
        }
        if (policy.anticipates()) {
            anticipate();
        }
        if (userItem != null
                && !isSpeech
                && floor.activeMs() >= policy.sustained().toMillis()) {
            isSpeech = true;
            if (!policy.holds() || !holding || !floor.isTranscribed()) {
                take();
            }
        }
    }

    /**
     * Sees to it that the assistant is not held for ever, should nothing be heard meanwhile.
     *
     * @return whether it is held
     */
    synchronized boolean watch() {
        if (holding) {
            tick();
        }
        return holding;
    }

    private void anticipate() {
        int soundingMs = floor.soundingMs();
        dismissed &= soundingMs > 0;
        long now = clock.nanos();
        if (anticipating && soundingMs > 0) {
            doubtEnds = now + DOUBT.toNanos();
        }
        if (anticipating && (now - doubtEnds >= 0 || now - doubtEndsAtLast >= 0)) {
            anticipating = false;
            dismissed = soundingMs > 0;
            release();
        } else if (userItem == null && !holding && !dismissed && soundingMs >= ANTICIPATED_MS && floor.hold()) {
            anticipating = true;
            holding = true;
            doubtEnds = now + DOUBT.toNanos();
            doubtEndsAtLast = now + LONGEST_DOUBT.toNanos();
        }
    }

    private void release() {
        if (holding) {
            holding = false;
            floor.resume();
        }
    }

    private void take() {
        if (!taken) {
            taken = true;
            holding = false;
            floor.interrupt();
        }
    }

    private void committed(String itemId) {
        userItem = null;
        if (!isSpeech) {
            noise(itemId);
        } else if (taken) {
            answerDue = false;
            floor.answer();
        } else {
            awaitsWords = itemId;
            patienceEnds = clock.nanos() + PATIENCE.toNanos();
        }
    }

    private void noise(String itemId) {
        release();
        floor.ignore(itemId);
        if (answerDue) {
            answerDue = false;
            floor.answer();
        }
    }

    /** Words of a turn have come; they may come before its end. */
    private void words(String itemId, boolean blank, boolean whole) {
        if (itemId.equals(userItem) && !blank) {
            isSpeech = true;
            take();
        } else if (itemId.equals(awaitsWords) && !blank) {
            settle();
        } else if (itemId.equals(awaitsWords) && whole) {
            awaitsWords = null;
            noise(itemId);
        }
    }
}
