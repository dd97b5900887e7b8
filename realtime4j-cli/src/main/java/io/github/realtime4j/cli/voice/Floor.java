package io.github.realtime4j.cli.voice;

import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.SessionState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose turn it is, as the server tells it. Confined to one thread. */
final class Floor {
    /** World time after a response in which the voice takes note of it. */
    private static final long SETTLING = Duration.ofMillis(100).toNanos();

    private final RealtimeSession session;

    /** Names of the functions that run, by call. */
    private final Map<String, String> calls = new HashMap<>();

    private boolean userSpeaking;

    /** The turn of the user that the server has not begun to answer; null if there is none. */
    private @Nullable String unanswered;

    /** The last turn that nobody answers. */
    private @Nullable String noise;

    private @Nullable String activeResponse;
    private long settledAt = System.nanoTime();

    Floor(RealtimeSession session) {
        this.session = session;
    }

    void userSpeaks(boolean speaks) {
        userSpeaking = speaks;
    }

    boolean isUserSpeaking() {
        return userSpeaking;
    }

    /** Whether the assistant is going to say something, or more of it. */
    boolean isAnswerDue() {
        boolean sessionIsBusy = !userSpeaking && session.state() == SessionState.OPEN && !session.isIdle();
        boolean settling = System.nanoTime() < settledAt;
        return unanswered != null || activeResponse != null || !calls.isEmpty() || sessionIsBusy || settling;
    }

    void committed(String itemId) {
        if (!itemId.equals(noise)) {
            unanswered = itemId;
        }
    }

    /** This turn is none; it may be told before the turn is. */
    void ignored(String itemId) {
        noise = itemId;
        if (itemId.equals(unanswered)) {
            unanswered = null;
        }
    }

    void began(String responseId) {
        activeResponse = responseId;
        unanswered = null;
    }

    void done(String responseId) {
        if (responseId.equals(activeResponse)) {
            activeResponse = null;
        }
        settledAt = System.nanoTime() + SETTLING;
    }

    void called(String callId, String name) {
        calls.put(callId, name);
    }

    /** The name of the function; null if the call is not known, or was answered. */
    @Nullable
    String answered(String callId) {
        return calls.remove(callId);
    }
}
