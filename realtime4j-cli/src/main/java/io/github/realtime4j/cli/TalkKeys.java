package io.github.realtime4j.cli;

import io.github.realtime4j.cli.Keyboard.Keys;
import io.github.realtime4j.cli.voice.SpokenConversation;
import org.jspecify.annotations.Nullable;

/** What a person at the terminal does: mutes, quits, presses the key of push-to-talk. Confined to one thread. */
final class TalkKeys {
    private final @Nullable Keys keys;
    private final SpokenConversation conversation;
    private final @Nullable PushToTalk talk;
    private boolean quit;

    /**
     * @param keys null where there are none
     * @param pushToTalk whether the user is heard only while space is pressed
     */
    TalkKeys(@Nullable Keys keys, SpokenConversation conversation, boolean pushToTalk) {
        this.keys = keys;
        this.conversation = conversation;
        this.talk = pushToTalk ? new PushToTalk() : null;
    }

    /** Does what has been asked for since. */
    void step() {
        if (keys == null) {
            return;
        }
        for (int key = keys.next(); key != Keys.NONE; key = keys.next()) {
            switch (key) {
                case 'q', 'Q' -> quit = true;
                case 'm', 'M' -> conversation.toggleMute();
                case ' ' -> {
                    if (talk != null) {
                        act(talk.space(now()));
                    }
                }
                default -> {}
            }
        }
        if (talk != null) {
            act(talk.tick(now()));
        }
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }

    private void act(PushToTalk.Action action) {
        switch (action) {
            case PRESS -> conversation.press();
            case RELEASE -> conversation.release();
            case NONE -> {}
        }
    }

    boolean isQuit() {
        return quit;
    }

    /** Who has the floor, and with a key, what it does. */
    String doing() {
        String doing = StatusLine.doing(conversation);
        if (talk == null) {
            return doing;
        } else if (talk.isLatched()) {
            return "space to end";
        }
        return doing.equals("listening") ? "space to talk" : doing;
    }

    /** What can be pressed. */
    String hint() {
        return (talk == null ? "" : "hold space to talk, or tap it before and after; ") + "m mutes, q quits";
    }
}
