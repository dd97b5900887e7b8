package io.github.realtime4j.cli;

import io.github.realtime4j.cli.voice.ConversationClock;
import io.github.realtime4j.cli.voice.RecordedUser;
import io.github.realtime4j.cli.voice.SpokenConversation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Knows when a conversation with a file is over: the file is, nothing is owed, and it has been quiet for a while. Where time
 * runs fast, it stands still while the server prepares an answer, and the file waits while the assistant speaks.
 */
final class TalkEnd {
    private static final long QUIET_MILLIS = 1_500;

    /** Where the conversation's time runs fast, it stands still meanwhile: events take the world's time to arrive. */
    private static final Duration QUIET_IN_THE_WORLD = Duration.ofMillis(500);

    private final RecordedUser user;
    private final SpokenConversation conversation;
    private final @Nullable ConversationClock fast;
    private final Duration patience;
    private long quietSince;
    private long quietSinceNanos = System.nanoTime();
    private long overSinceNanos;
    private boolean over;

    /** @param fast null in real time */
    TalkEnd(RecordedUser user, SpokenConversation conversation, @Nullable ConversationClock fast, Duration patience) {
        this.user = user;
        this.conversation = conversation;
        this.fast = fast;
        this.patience = patience;
    }

    /**
     * @throws CommandFailure if the server does not notice that the user has stopped
     */
    boolean isReached() {
        long nanos = System.nanoTime();
        boolean quiet = user.isOver() && conversation.isIdle();
        if (!quiet) {
            quietSince = conversation.millis();
            quietSinceNanos = nanos;
        }
        if (user.isOver() && !over) {
            over = true;
            overSinceNanos = nanos;
        }
        if (over && conversation.isUserSpeaking() && nanos - overSinceNanos > patience.toNanos()) {
            throw CommandFailure.failed("the file is over, but the server still hears the user after "
                    + Durations.text(patience) + " of silence");
        }
        if (fast == null) {
            return over && conversation.millis() - quietSince >= QUIET_MILLIS;
        }
        keepTime(fast, quiet);
        return quiet && nanos - quietSinceNanos >= QUIET_IN_THE_WORLD.toNanos();
    }

    /** Whether the file waits changes only while time stands still: a moment of silence would last ten times as long in it. */
    private void keepTime(ConversationClock clock, boolean quiet) {
        boolean due = conversation.isAnswerDue();
        boolean waits = due || conversation.isAssistantSpeaking();
        if (quiet || due) {
            clock.stop();
            user.waits(waits);
        } else {
            user.waits(waits);
            clock.go();
        }
    }
}
