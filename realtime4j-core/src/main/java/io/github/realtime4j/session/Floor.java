package io.github.realtime4j.session;

import io.github.realtime4j.session.Deadlines.Deadline;
import java.time.Duration;

/**
 * Whether the user has the floor, or the server is about to take it by itself: it answers the turns that it detects, unless
 * the session's turn detection says otherwise. Confined to its owner.
 */
final class Floor {
    /** How soon the server answers a turn by itself: in the recordings at once. */
    private static final Duration SERVER_ANSWER = Duration.ofSeconds(2);

    private final Deadlines deadlines;
    private final Runnable freed;
    private Deadline deadline = Deadline.NONE;
    private boolean serverAnswersTurns = true;
    private boolean userSpeaking;
    private boolean serverAnswerDue;

    /** @param freed told when the server has not answered after all */
    Floor(Deadlines deadlines, Runnable freed) {
        this.deadlines = deadlines;
        this.freed = freed;
    }

    void serverAnswersTurns(boolean answers) {
        serverAnswersTurns = answers;
        if (!answers) {
            serverAnswered();
        }
    }

    void speechStarted() {
        userSpeaking = true;
    }

    /** The end of a turn, which the server answers by itself if it detected it. */
    void committed() {
        if (userSpeaking && serverAnswersTurns) {
            serverAnswerIsDue();
        }
        userSpeaking = false;
    }

    /** The end of a turn that was nothing. */
    void cleared() {
        userSpeaking = false;
    }

    void serverAnswerIsDue() {
        deadline.cancel();
        serverAnswerDue = true;
        deadline = deadlines.after(SERVER_ANSWER, () -> {
            serverAnswerDue = false;
            freed.run();
        });
    }

    void serverAnswered() {
        serverAnswerDue = false;
        deadline.cancel();
    }

    boolean isServerAnswerDue() {
        return serverAnswerDue;
    }

    boolean isFree() {
        return !userSpeaking && !serverAnswerDue;
    }
}
