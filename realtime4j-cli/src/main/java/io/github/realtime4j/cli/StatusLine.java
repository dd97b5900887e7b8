package io.github.realtime4j.cli;

import io.github.realtime4j.cli.voice.SpokenConversation;
import java.util.function.Supplier;

/** What is going on right now, in one line that changes: who speaks, how loud the user is, the words as they are heard. */
final class StatusLine {
    private static final int CELLS = 8;
    private static final int FLOOR = -56;

    private final Terminal terminal;
    private final SpokenConversation conversation;
    private final Supplier<String> doing;
    private long shownAt = Long.MIN_VALUE;

    StatusLine(Terminal terminal, SpokenConversation conversation) {
        this(terminal, conversation, () -> doing(conversation));
    }

    /** @param doing who has the floor, in a word or two */
    StatusLine(Terminal terminal, SpokenConversation conversation, Supplier<String> doing) {
        this.terminal = terminal;
        this.conversation = conversation;
        this.doing = doing;
    }

    /** Who has the floor. */
    static String doing(SpokenConversation conversation) {
        if (conversation.isUserSpeaking()) {
            return "user speaks";
        } else if (conversation.isAssistantSpeaking()) {
            return "assistant speaks";
        }
        return conversation.isAssistantBusy() ? "thinking" : "listening";
    }

    /** Ten times a second is enough. */
    void show() {
        long now = conversation.millis();
        if (now / 100 != shownAt) {
            shownAt = now / 100;
            String meter = conversation.isMuted() ? "muted   " : meter(conversation.level());
            terminal.status(line(doing.get(), now, meter, conversation.caption(), terminal.width()));
        }
    }

    /** Never longer than the width allows: of the words the last ones are shown. */
    static String line(String doing, long millis, String meter, String words, int width) {
        String start =
                "● " + String.format("%-16s", doing) + String.format("%8s", Durations.seconds(millis)) + "  " + meter;
        int room = width - start.length() - 4;
        if (words.isEmpty() || room < 10) {
            return start;
        }
        return start + "  " + (words.length() <= room ? words : "…" + words.substring(words.length() - room + 1));
    }

    /** Loudness as a bar: from -56 dBFS, a quiet room, in steps of 7 dB. */
    static String meter(double decibels) {
        int lit = (int) Math.max(0, Math.min(CELLS, Math.ceil((decibels - FLOOR) * CELLS / -FLOOR)));
        return "▮".repeat(lit) + "▯".repeat(CELLS - lit);
    }
}
