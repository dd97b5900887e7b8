package io.github.realtime4j.history;

import io.github.realtime4j.history.HistoryItem.Transcription;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.Item;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One item and everything that is known of it, patched by the events that name it. */
final class GrowingItem {
    private final Map<Integer, GrowingPart> parts = new TreeMap<>();
    private final Words arguments = new Words();

    /** As last told, a message without its content. */
    private Item item;

    private boolean done;
    private boolean argumentsClosed;
    private boolean wordsFromDeltas;
    private @Nullable Transcription transcription;
    private @Nullable Integer audioEndMs;

    /** The response that produces it; null for what the client or the user said, and while that is not known. */
    private @Nullable String responseId;

    /** Null when something has changed since the last one was made. */
    private @Nullable HistoryItem snapshot;

    private GrowingItem(Item item) {
        this.item = item;
    }

    /** An item that is not told yet, but spoken: its id is announced before it is added. */
    static GrowingItem speech(String id) {
        return new GrowingItem(new Item.Message(id, null, Item.Role.USER, List.of(), null, JsonObject.EMPTY));
    }

    static GrowingItem of(Item item) {
        return new GrowingItem(bare(item));
    }

    boolean isDone() {
        return done;
    }

    boolean isOf(@Nullable String response) {
        return responseId != null && responseId.equals(response);
    }

    void producedBy(@Nullable String response) {
        if (response != null) {
            responseId = response;
        }
    }

    /** The item as an event tells it whole. */
    void told(Item telling, boolean last) {
        if (done && !last) {
            return;
        }
        changed();
        if (!telling.getClass().equals(item.getClass())) {
            parts.clear();
            arguments.set(null);
            argumentsClosed = false;
            item = bare(telling);
        }
        if (telling instanceof Item.Message message) {
            tellMessage(message, last);
        } else {
            if (telling instanceof Item.FunctionCall call) {
                tellArguments(call.arguments(), last);
            } else if (telling instanceof Item.McpCall call) {
                tellArguments(call.arguments(), last);
            }
            item = telling;
        }
        done |= last;
    }

    private void tellMessage(Item.Message told, boolean last) {
        Item.Message former = (Item.Message) item;
        item = new Item.Message(
                told.id(),
                told.status() == null ? former.status() : told.status(),
                told.role(),
                List.of(),
                told.phase() == null ? former.phase() : told.phase(),
                told.extra().isEmpty() ? former.extra() : told.extra());
        for (int index = 0; index < told.content().size(); index++) {
            ContentPart part = told.content().get(index);
            part(index, part).told(part, last);
            if (part instanceof ContentPart.InputAudio speech && !speech.text().isEmpty()) {
                transcription = new Transcription.Completed();
            }
        }
    }

    private void tellArguments(String told, boolean last) {
        if (arguments.isEmpty() || (last && !told.isEmpty())) {
            arguments.set(told);
        }
        argumentsClosed |= last;
    }

    void partTold(int index, ContentPart part, boolean last) {
        changed();
        part(index, part).told(part, last);
    }

    void append(int index, ContentPart kind, String delta) {
        if (!done) {
            changed();
            part(index, kind).appendOutput(delta);
        }
    }

    void setWords(int index, ContentPart kind, String words) {
        changed();
        part(index, kind).setWords(words);
    }

    void appendArguments(String delta) {
        if (!done && !argumentsClosed) {
            changed();
            arguments.append(delta);
        }
    }

    void setArguments(String whole) {
        changed();
        arguments.set(whole);
        argumentsClosed = true;
    }

    void transcribing(int index, @Nullable String delta) {
        GrowingPart speech = isTranscribed() ? null : speech(index);
        if (speech != null) {
            changed();
            transcription = new Transcription.InProgress();
            wordsFromDeltas |= delta != null;
            speech.appendInput(delta == null ? "" : delta);
        }
    }

    /** One speaker's words. Where deltas come too, they say the same. */
    void transcribedSegment(int index, String text) {
        GrowingPart speech = isTranscribed() ? null : speech(index);
        if (speech != null) {
            changed();
            transcription = new Transcription.InProgress();
            if (!wordsFromDeltas) {
                speech.appendInput(speech.isSilent() ? text.strip() : " " + text.strip());
            }
        }
    }

    void transcribed(int index, String transcript) {
        GrowingPart speech = speech(index);
        if (speech != null) {
            changed();
            transcription = new Transcription.Completed();
            speech.setWords(transcript);
        }
    }

    void transcriptionFailed(int index, ErrorDetail error) {
        if (speech(index) != null) {
            changed();
            transcription = new Transcription.Failed(error);
        }
    }

    private boolean isTranscribed() {
        return transcription instanceof Transcription.Completed || transcription instanceof Transcription.Failed;
    }

    void truncate(int index, int endMs) {
        changed();
        audioEndMs = endMs;
        part(index, new ContentPart.OutputAudio(null, null, JsonObject.EMPTY)).truncate();
    }

    /** Nothing more will come. */
    void close() {
        changed();
        done = true;
    }

    HistoryItem snapshot() {
        if (snapshot == null) {
            snapshot = new HistoryItem(whole(), done, transcription, audioEndMs);
        }
        return snapshot;
    }

    private Item whole() {
        String words = arguments.text();
        String args = words == null ? "" : words;
        if (item instanceof Item.Message message) {
            List<ContentPart> content =
                    parts.values().stream().map(GrowingPart::part).toList();
            return new Item.Message(
                    message.id(), message.status(), message.role(), content, message.phase(), message.extra());
        } else if (item instanceof Item.FunctionCall call) {
            return new Item.FunctionCall(call.id(), call.status(), call.name(), call.callId(), args, call.extra());
        } else if (item instanceof Item.McpCall call) {
            return new Item.McpCall(
                    call.id(),
                    call.serverLabel(),
                    call.name(),
                    args,
                    call.approvalRequestId(),
                    call.output(),
                    call.error(),
                    call.extra());
        }
        return item;
    }

    private void changed() {
        snapshot = null;
    }

    private GrowingPart part(int index, ContentPart kind) {
        return parts.computeIfAbsent(index, missing -> new GrowingPart(kind));
    }

    /** The part that a transcription is about: that of a mixed message names the first part all the same. */
    private @Nullable GrowingPart speech(int index) {
        if (!(item instanceof Item.Message)) {
            return null;
        }
        if (parts.isEmpty()) {
            return part(index, new ContentPart.InputAudio(null, null, JsonObject.EMPTY));
        }
        GrowingPart named = parts.get(index);
        return named != null && named.isInputAudio()
                ? named
                : parts.values().stream()
                        .filter(GrowingPart::isInputAudio)
                        .findFirst()
                        .orElse(null);
    }

    private static Item bare(Item item) {
        return item instanceof Item.Message message
                ? new Item.Message(
                        message.id(), message.status(), message.role(), List.of(), message.phase(), message.extra())
                : item;
    }
}
