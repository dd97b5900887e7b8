package io.github.realtime4j.history;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.protocol.Item;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A history as the items that a new session takes: words only, calls in pairs. */
final class Replay {
    private final List<Item> items = new ArrayList<>();

    /** Call ids that are answered in the history, until the call has been taken. */
    private final Set<String> answered;

    /** Call ids whose call has been taken and whose output has not. */
    private final Set<String> open = new HashSet<>();

    private Replay(Set<String> answered) {
        this.answered = answered;
    }

    static List<Item> of(List<HistoryItem> history) {
        Replay replay = new Replay(answered(history));
        history.forEach(replay::take);
        return List.copyOf(replay.items);
    }

    private static Set<String> answered(List<HistoryItem> history) {
        Set<String> asked = new HashSet<>();
        Set<String> answered = new HashSet<>();
        for (HistoryItem entry : history) {
            if (entry.item() instanceof Item.FunctionCall call && call.callId() != null) {
                asked.add(call.callId());
            } else if (entry.item() instanceof Item.FunctionCallOutput output && asked.contains(output.callId())) {
                answered.add(output.callId());
            }
        }
        return answered;
    }

    private void take(HistoryItem entry) {
        if (entry.item() instanceof Item.Message message) {
            boolean unfinished = message.role().equals(Item.Role.ASSISTANT) && !entry.done();
            List<ContentPart> content = unfinished ? List.of() : words(message);
            if (!content.isEmpty()) {
                items.add(new Item.Message(message.id(), null, message.role(), content, null, JsonObject.EMPTY));
            }
        } else if (entry.item() instanceof Item.FunctionCall call) {
            String callId = call.callId();
            if (callId != null && answered.remove(callId)) {
                open.add(callId);
                items.add(new Item.FunctionCall(
                        call.id(), null, call.name(), callId, call.arguments(), JsonObject.EMPTY));
            }
        } else if (entry.item() instanceof Item.FunctionCallOutput output && open.remove(output.callId())) {
            items.add(
                    new Item.FunctionCallOutput(output.id(), null, output.callId(), output.output(), JsonObject.EMPTY));
        }
    }

    private static List<ContentPart> words(Item.Message message) {
        List<ContentPart> content = new ArrayList<>();
        for (ContentPart part : message.content()) {
            ContentPart words = words(part);
            if (words != null && !words.text().isBlank()) {
                content.add(words);
            }
        }
        return content;
    }

    private static @Nullable ContentPart words(ContentPart part) {
        if (part instanceof ContentPart.InputText || part instanceof ContentPart.InputAudio) {
            return new ContentPart.InputText(part.text());
        } else if (part instanceof ContentPart.OutputText || part instanceof ContentPart.OutputAudio) {
            return new ContentPart.OutputText(part.text());
        }
        return null;
    }
}
