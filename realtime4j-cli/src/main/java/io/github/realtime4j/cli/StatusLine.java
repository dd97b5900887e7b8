package io.github.realtime4j.cli;

import io.github.realtime4j.cli.voice.VoiceConversation;

/** What is going on right now, in one line that changes. */
final class StatusLine {
    private final Terminal terminal;
    private final VoiceConversation conversation;
    private long shownAt = Long.MIN_VALUE;

    StatusLine(Terminal terminal, VoiceConversation conversation) {
        this.terminal = terminal;
        this.conversation = conversation;
    }

    /** Ten times a second is enough. */
    void show() {
        long now = conversation.now();
        if (now / 100 != shownAt) {
            shownAt = now / 100;
            terminal.status("● " + conversation.doing() + "  " + Durations.seconds(now) + tail());
        }
    }

    private String tail() {
        String words = conversation.heardText();
        int room = terminal.width() - 36;
        if (words.isEmpty() || room < 10) {
            return "";
        }
        return "  " + (words.length() <= room ? words : "…" + words.substring(words.length() - room));
    }
}
