package io.github.realtime4j;

import io.github.realtime4j.protocol.ConversationEvent.ItemInputAudioTranscriptionCompleted;
import io.github.realtime4j.protocol.ConversationEvent.ItemInputAudioTranscriptionDelta;
import io.github.realtime4j.protocol.ConversationEvent.ItemInputAudioTranscriptionFailed;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Item.Role;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts the pieces of transcripts together. Keeps only what is not final yet. */
final class Transcripts {
    private record Part(String itemId, int contentIndex) {}

    private final Map<Part, StringBuilder> open = new HashMap<>();

    /** Shows what an event says of a transcript. */
    void show(ServerEvent event, Consumer<Transcript> out) {
        Transcript transcript = of(event);
        if (transcript != null) {
            out.accept(transcript);
        }
    }

    private @Nullable Transcript of(ServerEvent event) {
        if (event instanceof ItemInputAudioTranscriptionDelta delta) {
            int index = delta.contentIndex() == null ? 0 : delta.contentIndex();
            return delta.delta() == null ? null : piece(Role.USER, delta.itemId(), index, delta.delta());
        } else if (event instanceof ItemInputAudioTranscriptionCompleted whole) {
            return whole(Role.USER, whole.itemId(), whole.contentIndex(), whole.transcript(), null);
        } else if (event instanceof ItemInputAudioTranscriptionFailed lost) {
            return whole(Role.USER, lost.itemId(), lost.contentIndex(), null, lost.error());
        } else if (event instanceof ResponseEvent response) {
            return of(response);
        }
        return null;
    }

    private @Nullable Transcript of(ResponseEvent event) {
        if (event instanceof ResponseEvent.OutputAudioTranscriptDelta delta) {
            return piece(Role.ASSISTANT, delta.itemId(), delta.contentIndex(), delta.delta());
        } else if (event instanceof ResponseEvent.OutputAudioTranscriptDone done) {
            return whole(Role.ASSISTANT, done.itemId(), done.contentIndex(), done.transcript(), null);
        } else if (event instanceof ResponseEvent.OutputTextDelta delta) {
            return piece(Role.ASSISTANT, delta.itemId(), delta.contentIndex(), delta.delta());
        } else if (event instanceof ResponseEvent.OutputTextDone done) {
            return whole(Role.ASSISTANT, done.itemId(), done.contentIndex(), done.text(), null);
        } else if (event instanceof ResponseEvent.OutputItemDone done) {
            // A response that was cut short may leave its transcript unfinished.
            Item item = done.item();
            open.keySet().removeIf(part -> part.itemId.equals(item.id()));
        }
        return null;
    }

    private Transcript piece(Role role, String itemId, int contentIndex, String delta) {
        StringBuilder text = open.computeIfAbsent(new Part(itemId, contentIndex), part -> new StringBuilder());
        text.append(delta);
        return new Transcript(role, itemId, delta, text.toString(), false, null);
    }

    private Transcript whole(
            Role role, String itemId, int contentIndex, @Nullable String text, @Nullable ErrorDetail error) {
        StringBuilder known = open.remove(new Part(itemId, contentIndex));
        String before = known == null ? "" : known.toString();
        String all = text == null ? before : text;
        String delta = all.startsWith(before) ? all.substring(before.length()) : "";
        return new Transcript(role, itemId, delta, all, true, error);
    }
}
