package io.github.realtime4j.server.respond;

import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.protocol.ContentPart;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Speech whose words nobody has written down: all that is known is how long it was. */
public final class SpeechHeard {
    private static final Pattern TRANSCRIPT = Pattern.compile("\\((\\d+\\.\\d) seconds? of speech\\)");

    private SpeechHeard() {}

    /** What stands for the words: "(2.4 seconds of speech)". */
    public static String transcript(long millis) {
        return "(" + seconds(millis) + " of speech)";
    }

    /** The length of such speech, as spoken: "2.4 seconds"; null if the part has words. */
    static @Nullable String length(ContentPart.InputAudio part) {
        String transcript = part.transcript();
        if (transcript == null || transcript.isBlank()) {
            int bytes = part.audio() == null ? 0 : part.audio().size();
            return seconds(AudioFormat.PCM16_24KHZ.millisOf(bytes));
        }
        Matcher matcher = TRANSCRIPT.matcher(transcript.strip());
        return matcher.matches() ? matcher.group(1) + " seconds" : null;
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f seconds", millis / 1_000.0);
    }
}
