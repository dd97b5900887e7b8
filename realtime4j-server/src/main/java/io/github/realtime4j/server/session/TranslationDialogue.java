package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.validation.ServiceErrors;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Translation sessions. The interpreter repeats: each frame of 200 ms comes back as it was, and every few seconds the
 * transcriber says what was heard.
 */
final class TranslationDialogue implements Dialogue {
    private static final AudioFormat FORMAT = AudioFormat.PCM16_24KHZ;
    private static final int FRAME = (int) FORMAT.bytesIn(Duration.ofMillis(200));
    private static final long PASSAGE = FORMAT.bytesIn(Duration.ofSeconds(4));
    private static final long SHORTEST_PASSAGE = FORMAT.bytesIn(Duration.ofMillis(100));

    private final SessionScope scope;
    private final AudioWindow heard = new AudioWindow();

    /** Position in {@link #heard} up to which the sound has been sent. */
    private long echoed;

    private int passages;
    private boolean closing;

    TranslationDialogue(SessionScope scope) {
        this.scope = scope;
    }

    @Override
    public void begin() {
        scope.out.send("session.created", "session", scope.settings.echo());
    }

    @Override
    public void handle(String type, JsonObject event) {
        switch (type) {
            case "session.update" -> update(event);
            case "session.input_audio_buffer.append" -> {
                String base64 = event.string("audio");
                take(base64 == null ? AudioBytes.EMPTY : AudioBytes.fromBase64(base64));
            }
            case "session.close" -> close();
            default -> {}
        }
    }

    private void update(JsonObject event) {
        JsonObject update = Members.at(event, "session");
        var problem = scope.settings.refusal(update, false, false);
        if (problem != null) {
            scope.refuse(ServiceErrors.forEvent(problem, event.string("event_id")));
            return;
        }
        scope.settings = scope.settings.with(update);
        scope.out.send("session.updated", "session", scope.settings.echo());
    }

    @Override
    public void append(AudioBytes audio, @Nullable String eventId) {
        take(audio);
    }

    private void take(AudioBytes audio) {
        if (closing) {
            return;
        }
        heard.append(audio);
        while (heard.end() - echoed >= FRAME) {
            echo(FRAME);
        }
        if (echoed - heard.start() >= PASSAGE) {
            passage();
        }
    }

    private void echo(int length) {
        AudioBytes frame = heard.slice(echoed, echoed + length);
        echoed += length;
        scope.out.send(
                "session.output_audio.delta",
                "delta",
                new String(frame.toBase64(), StandardCharsets.ISO_8859_1),
                "sample_rate",
                FORMAT.sampleRate(),
                "channels",
                1,
                "format",
                "pcm16",
                "elapsed_ms",
                FORMAT.millisOf(echoed));
    }

    private void passage() {
        AudioBytes passage = heard.slice(heard.start(), echoed);
        heard.dropBefore(echoed);
        if (passage.size() < SHORTEST_PASSAGE) {
            return;
        }
        passages++;
        scope.work(
                () -> scope.server.transcriber().transcribe(passage, FORMAT),
                text -> transcribed(text.strip()),
                failure -> transcribed(""));
    }

    private void transcribed(String text) {
        passages--;
        for (String piece : TextPieces.of(text.isEmpty() ? "" : text + " ")) {
            if (scope.settings.transcription() != null) {
                scope.out.send("session.input_transcript.delta", "delta", piece);
            }
            scope.out.send("session.output_transcript.delta", "delta", piece);
        }
        closeWhenSaid();
    }

    private void close() {
        if (!closing) {
            closing = true;
            int rest = (int) (heard.end() - echoed);
            if (rest > 0) {
                echo(rest);
            }
            passage();
            closeWhenSaid();
        }
    }

    private void closeWhenSaid() {
        if (closing && passages == 0) {
            scope.out.send("session.closed");
            scope.out.close(1000, "");
        }
    }
}
