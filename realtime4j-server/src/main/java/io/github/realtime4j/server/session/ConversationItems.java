package io.github.realtime4j.server.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The default conversation, in order. Confined to the session's loop. */
final class ConversationItems {
    /** Sound beyond this is forgotten, the oldest first; what it said and how long it was stay known. */
    static final long MAX_AUDIO_BYTES = 32L << 20;

    private final List<ConversationItem> order = new ArrayList<>();
    private final Map<String, ConversationItem> byId = new HashMap<>();

    @Nullable
    ConversationItem find(String id) {
        return byId.get(id);
    }

    List<ConversationItem> all() {
        return order;
    }

    /** The id of the last item; null in an empty conversation. */
    @Nullable
    String lastId() {
        return order.isEmpty() ? null : order.get(order.size() - 1).id();
    }

    /** The id of the item before this one; null for the first. */
    @Nullable
    String previousId(ConversationItem item) {
        int index = order.lastIndexOf(item);
        return index <= 0 ? null : order.get(index - 1).id();
    }

    boolean isSecond(ConversationItem item) {
        return order.size() > 1 && order.get(1) == item;
    }

    void append(ConversationItem item) {
        order.add(item);
        byId.put(item.id(), item);
        forgetOldAudio();
    }

    /** @param previousId null or empty for the end, {@code root} for the beginning, or the id of an item that is here */
    void insert(ConversationItem item, @Nullable String previousId) {
        if (previousId == null || previousId.isEmpty()) {
            append(item);
            return;
        }
        ConversationItem previous = byId.get(previousId);
        order.add(previous == null ? 0 : order.indexOf(previous) + 1, item);
        byId.put(item.id(), item);
        forgetOldAudio();
    }

    void remove(ConversationItem item) {
        order.remove(item);
        byId.remove(item.id());
    }

    /** Whether the assistant has said anything aloud. */
    boolean isSpoken() {
        return order.stream()
                .anyMatch(item -> item.isAssistantMessage() && !item.audio().isEmpty());
    }

    @Nullable
    ConversationItem functionCall(String callId) {
        return order.stream()
                .filter(item -> item.type().equals("function_call"))
                .filter(item -> callId.equals(item.json().string("call_id")))
                .findFirst()
                .orElse(null);
    }

    private void forgetOldAudio() {
        long sum = 0;
        for (int i = order.size() - 1; i >= 0; i--) {
            ConversationItem item = order.get(i);
            sum += item.bytes();
            if (sum > MAX_AUDIO_BYTES && i < order.size() - 1) {
                sum -= item.bytes();
                item.audio().values().forEach(ItemAudio::forget);
            }
        }
    }
}
