package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.server.Transcriber;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The words of a turn that goes on, as {@code gpt-realtime-whisper} tells them: each once, in order. Confined to the
 * session's loop.
 */
final class LiveTranscript {
    private static final Logger log = LoggerFactory.getLogger(LiveTranscript.class);

    /** The transcriber is asked again when so much more has been said. */
    private static final Duration STEP = Duration.ofMillis(500);

    private final SessionScope scope;
    private final Consumer<String> onWords;
    private String told = "";
    private long askedMillis;
    private boolean asking;
    private boolean over;

    /** @param onWords what follows upon what was told before, with the space in front */
    LiveTranscript(SessionScope scope, Consumer<String> onWords) {
        this.scope = scope;
        this.onWords = onWords;
    }

    boolean isDue(long millis) {
        return !asking && millis - askedMillis >= STEP.toMillis();
    }

    void listen(AudioBytes sound, AudioFormat format) {
        asking = true;
        askedMillis = format.millisOf(sound.size());
        Transcriber transcriber = scope.server.transcriber();
        scope.work(() -> transcriber.soFar(sound, format), this::heard, failure -> {
            log.warn("The transcriber threw {}", failure.toString());
            asking = false;
        });
    }

    private void heard(String words) {
        asking = false;
        if (!over) {
            tell(words);
        }
    }

    /** @param transcript of the whole turn; empty if there is none */
    void end(String transcript) {
        over = true;
        tell(transcript);
    }

    /** What was told cannot be taken back: a transcript that has changed its mind adds nothing. */
    private void tell(String words) {
        String streamed = words.isBlank() ? "" : " " + words.strip();
        if (streamed.length() > told.length() && streamed.startsWith(told)) {
            String more = streamed.substring(told.length());
            told = streamed;
            onWords.accept(more);
        }
    }
}
