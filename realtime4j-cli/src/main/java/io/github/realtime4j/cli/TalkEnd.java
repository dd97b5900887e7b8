package io.github.realtime4j.cli;

import io.github.realtime4j.cli.voice.FileMicrophone;
import io.github.realtime4j.cli.voice.VoiceConversation;
import java.time.Duration;

/** Knows when a conversation with a file is over: the file is, nothing is owed, and it has been quiet for a while. */
final class TalkEnd {
    private static final long QUIET_MILLIS = 1_500;

    /** Where the conversation's time runs fast, it stands still meanwhile: events take the world's time to arrive. */
    private static final Duration QUIET_IN_THE_WORLD = Duration.ofMillis(500);

    private final FileMicrophone microphone;
    private final VoiceConversation conversation;
    private final boolean fast;
    private final Duration patience;
    private long quietSince;
    private long quietSinceNanos = System.nanoTime();
    private long overSinceNanos;
    private boolean over;

    TalkEnd(FileMicrophone microphone, VoiceConversation conversation, boolean fast, Duration patience) {
        this.microphone = microphone;
        this.conversation = conversation;
        this.fast = fast;
        this.patience = patience;
    }

    /**
     * @throws CommandFailure if the server does not notice that the user has stopped
     */
    boolean isReached() {
        long nanos = System.nanoTime();
        boolean quiet = microphone.isOver() && conversation.isIdle();
        if (!quiet) {
            quietSince = conversation.now();
            quietSinceNanos = nanos;
        }
        if (microphone.isOver() && !over) {
            over = true;
            overSinceNanos = nanos;
        }
        if (over && conversation.isUserSpeaking() && nanos - overSinceNanos > patience.toNanos()) {
            throw CommandFailure.failed("the file is over, but the server still hears the user after "
                    + Durations.text(patience) + " of silence");
        }
        conversation.hold(fast && quiet);
        return fast
                ? quiet && nanos - quietSinceNanos >= QUIET_IN_THE_WORLD.toNanos()
                : over && conversation.now() - quietSince >= QUIET_MILLIS;
    }
}
