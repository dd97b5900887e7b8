package io.github.realtime4j.cli.demo;

import io.github.realtime4j.cli.voice.ConversationClock;
import io.github.realtime4j.cli.voice.Moment;
import io.github.realtime4j.cli.voice.SpokenConversation;
import io.github.realtime4j.server.speech.SpeechSynthesizer;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the user says, and when: asks about the weather, asks for something long, and interrupts the answer. Driven by the
 * thread that runs the conversation.
 */
public final class DemoScript implements Consumer<Moment> {
    public static final String WEATHER = "Hello, what is the weather like in Berlin today?";
    public static final String EXPLAIN = "Thank you. How does this conversation work?";
    public static final String ENOUGH = "Okay stop, that is all I wanted to know.";
    public static final List<String> LINES = List.of(WEATHER, EXPLAIN, ENOUGH);

    private static final String USER_VOICE = "cedar";
    private static final long BEFORE_FIRST = 500;
    private static final long BETWEEN = 700;
    private static final long HEARD_BEFORE_INTERRUPTING = 2_400;
    private static final long AFTER_LAST = 800;
    private static final long LONGEST = 90_000;

    private final ScriptedUser user;
    private final List<short[]> speech;
    private int said;
    private int answered;
    private boolean interrupted;
    private long quietSince;

    /** Speaks all lines beforehand, which takes a moment. */
    public DemoScript(SpeechSynthesizer synthesizer, ConversationClock clock) {
        user = new ScriptedUser(clock);
        speech = LINES.stream()
                .map(line -> ScriptedUser.spoken(synthesizer, line, USER_VOICE))
                .toList();
    }

    public ScriptedUser user() {
        return user;
    }

    @Override
    public void accept(Moment moment) {
        if (moment instanceof Moment.AssistantFinished) {
            answered = said;
        } else if (moment instanceof Moment.Interrupted) {
            interrupted = true;
        }
    }

    /**
     * Speaks when it is time to.
     *
     * @return whether the play is over
     */
    public boolean step(SpokenConversation conversation) {
        long now = conversation.millis();
        if (!conversation.isIdle() || user.isSpeaking()) {
            quietSince = now;
        }
        long quiet = now - quietSince;
        if (said == 0 && now >= BEFORE_FIRST) {
            say();
        } else if (said == 1 && answered == 1 && quiet >= BETWEEN) {
            say();
        } else if (said == 2 && conversation.heard().toMillis() >= HEARD_BEFORE_INTERRUPTING && !user.isSpeaking()) {
            say();
        }
        boolean complete = said == 3 && answered == 3 && quiet >= AFTER_LAST;
        return complete || now > LONGEST;
    }

    private void say() {
        user.say(speech.get(said++));
    }

    /** Whether the assistant was interrupted, and answered what came after. */
    public boolean isPlayed() {
        return interrupted && answered == 3;
    }
}
