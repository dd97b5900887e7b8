package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioEncoder;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.speech.SpeechChunk;
import io.github.realtime4j.server.speech.SpeechSynthesizer;
import io.github.realtime4j.server.speech.Utterance;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A message in speech: words go ahead, sound follows in slices of a quarter of a second. The synthesizer computes on a
 * worker, and only as far ahead as is needed.
 */
final class SpokenMessage extends OutputItem {
    private static final Duration SLICE = Duration.ofMillis(250);

    /** Sound is held back until this much of it is there, so that the first words are known before it. */
    private static final Duration LEAD = Duration.ofMillis(500);

    /** Chunks that one visit to a worker brings. */
    private static final int CHUNKS = 4;

    private final @Nullable String phase;
    private final Utterance utterance;
    private final AudioFormat format;
    private final AudioEncoder encoder;
    private final ItemAudio audio;
    private final StringBuilder transcript = new StringBuilder();
    private final Queue<String> pieces = new ArrayDeque<>();
    private final AudioWindow pending = new AudioWindow();
    private @Nullable Iterator<SpeechChunk> speech;
    private long samples;
    private boolean opened;
    private boolean spoken;
    private boolean asked;

    SpokenMessage(ResponseRun run, int index, String text, @Nullable String phase) {
        this(
                run,
                index,
                null,
                new Utterance(text, run.settings().voiceName(), run.settings().speed()),
                phase);
    }

    /** Speech that is there already. */
    SpokenMessage(ResponseRun run, int index, Iterator<SpeechChunk> speech, @Nullable String phase) {
        this(run, index, speech, new Utterance("", run.settings().voiceName(), 1), phase);
    }

    private SpokenMessage(
            ResponseRun run,
            int index,
            @Nullable Iterator<SpeechChunk> speech,
            Utterance utterance,
            @Nullable String phase) {
        super(run, index);
        ResponseSettings settings = run.settings();
        this.phase = phase;
        this.speech = speech;
        this.utterance = utterance;
        this.format = settings.audioFormat();
        this.encoder = new AudioEncoder(format, SpeechSynthesizer.SAMPLE_RATE);
        this.audio = new ItemAudio(format);
    }

    @Override
    boolean staysOpenForCall() {
        return true;
    }

    @Override
    JsonObject json(String status) {
        List<JsonObject> content = opened
                ? List.of(JsonObject.of("type", "output_audio", "transcript", transcript.toString()))
                : List.of();
        return AssistantMessage.json(id, status, phase, content);
    }

    @Override
    void opened() {
        opened = true;
        item.audio(0, audio);
        send("response.content_part.added", "content_index", 0, "part", part());
    }

    @Override
    Step step() {
        String piece = pieces.poll();
        if (piece != null) {
            return word(piece);
        }
        long slice = format.bytesIn(SLICE);
        if (pending.length() >= slice + (spoken ? 0 : format.bytesIn(LEAD)) || (spoken && pending.length() > 0)) {
            return slice((int) Math.min(slice, pending.length()));
        } else if (spoken) {
            return Step.END;
        }
        ask();
        return Step.WAITING;
    }

    private Step word(String piece) {
        if (!run.spendText(piece)) {
            return stop();
        }
        transcript.append(piece);
        sendDelta("response.output_audio_transcript.delta", piece, "content_index", 0);
        return Step.MORE;
    }

    private Step slice(int length) {
        if (!run.spendAudio(format.millisOf(length))) {
            return stop();
        }
        AudioBytes bytes = pending.slice(pending.start(), pending.start() + length);
        pending.dropBefore(pending.start() + length);
        audio.append(bytes);
        scope.output.add(new OutputAudio.Piece(run.id(), id, index, 0), bytes, format);
        return new Step.Sent(scope.server.pacing().afterAudio(format.durationOf(length)));
    }

    private Step stop() {
        pieces.clear();
        pending.dropBefore(pending.end());
        spoken = true;
        return Step.END;
    }

    private void ask() {
        if (asked) {
            return;
        }
        asked = true;
        SpeechSynthesizer synthesizer = scope.server.synthesizer();
        scope.work(
                () -> next(synthesizer),
                chunks -> {
                    asked = false;
                    chunks.forEach(this::take);
                    if (chunks.size() < CHUNKS) {
                        pending.append(encoder.flush());
                        spoken = true;
                    }
                    run.goOn();
                },
                run::broke);
    }

    /** On a worker; visits follow one another. */
    private List<SpeechChunk> next(SpeechSynthesizer synthesizer) {
        Iterator<SpeechChunk> iterator = speech;
        if (iterator == null) {
            iterator = synthesizer.speak(utterance);
            speech = iterator;
        }
        List<SpeechChunk> chunks = new ArrayList<>(CHUNKS);
        while (chunks.size() < CHUNKS && iterator.hasNext()) {
            chunks.add(iterator.next());
        }
        return chunks;
    }

    private void take(SpeechChunk chunk) {
        short[] sound = chunk.samples();
        samples += sound.length;
        pieces.addAll(TextPieces.of(chunk.text()));
        pending.append(encoder.encode(sound));
        audio.word(chunk.text(), samples * 1_000 / SpeechSynthesizer.SAMPLE_RATE);
    }

    @Override
    void closing(String status) {
        send("response.output_audio.done", "content_index", 0);
        send("response.output_audio_transcript.done", "content_index", 0, "transcript", transcript.toString());
        send("response.content_part.done", "content_index", 0, "part", part());
    }

    @Override
    long audioMillis() {
        return audio.millis();
    }

    private JsonObject part() {
        return JsonObject.of("type", "audio", "transcript", transcript.toString());
    }
}
