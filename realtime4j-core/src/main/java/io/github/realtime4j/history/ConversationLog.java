package io.github.realtime4j.history;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.protocol.ConversationEvent;
import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The default conversation as the server has it: its items in the order of {@code previous_item_id}, with the content
 * that has arrived so far. It is made of nothing but server events, so it never shows what the server has refused.
 *
 * <ul>
 *   <li>An item is here from {@code conversation.item.added} on, speech from {@code input_audio_buffer.committed} on,
 *       until {@code conversation.item.deleted}. Deltas and the user's transcript find it whenever they come.
 *   <li>{@code conversation.item.done} and {@code response.output_item.done} have the last word on content, but a
 *       transcript that is known is kept when they leave it out.
 *   <li>{@code conversation.item.truncated} forgets the words of the speech that was cut, as the server does; what is
 *       said of them later is ignored. So is what is said of a deleted item, unless it is added anew.
 *   <li>The output of a response that names its conversation is here even if its server sends no item events. The
 *       output of an out-of-band response never is.
 *   <li>Audio is not kept, nor is an image that is written out in a {@code data:} URL: such a part stays, without the URL.
 * </ul>
 *
 * <p>One log belongs to one connection. Not safe for concurrent use: the owner's lock guards it. Snapshots are immutable
 * and may go anywhere.
 */
public final class ConversationLog {
    /** Speech that is transcribed before its item exists is a matter of seconds: so many are enough. */
    private static final int ANNOUNCED_ITEMS = 64;

    private static final int RUNNING_RESPONSES = 64;

    private static final ContentPart TEXT = new ContentPart.OutputText("");
    private static final ContentPart SPEECH = new ContentPart.OutputAudio(null, null, JsonObject.EMPTY);

    private final ItemOrder<GrowingItem> items = new ItemOrder<>();

    /** Transcribed before they are added, oldest first. */
    private final Map<String, GrowingItem> announced = new LinkedHashMap<>();

    /** Ids of responses that said that they belong to the default conversation and are not done, oldest first. */
    private final Set<String> running = new LinkedHashSet<>();

    /** Null when something has changed since the last one was made. */
    private @Nullable List<HistoryItem> snapshot;

    /** A conversation without items. */
    public ConversationLog() {}

    /** The items in order. The same list as before if nothing has changed. */
    public List<HistoryItem> snapshot() {
        if (snapshot == null) {
            snapshot = items.values().stream().map(GrowingItem::snapshot).toList();
        }
        return snapshot;
    }

    /**
     * What a new session can be seeded with, to go on where this one is: {@code conversation.item.create} in this order.
     *
     * <p>Speech becomes text: the user's {@code input_text}, as far as it is transcribed, the model's {@code
     * output_text}. Calls go with their outputs, and neither without the other. Ids stay, so that the new
     * conversation's items can be told by them. Left out is what has no words: speech that was not transcribed, images,
     * MCP items (a new session lists tools for itself), and speech of the model that was truncated, because the server
     * does not say which of its words were heard. So is what the model had not finished.
     */
    public List<Item> replayable() {
        return Replay.of(snapshot());
    }

    /** Applies what the server said; events that do not concern the conversation's items change nothing. */
    public void apply(ServerEvent event) {
        if (event instanceof ConversationEvent told) {
            applyItem(told);
        } else if (event instanceof ResponseEvent told) {
            applyResponse(told);
        } else if (event instanceof InputAudioBufferEvent.Committed committed) {
            commit(committed);
        }
    }

    private void applyItem(ConversationEvent event) {
        if (event instanceof ConversationEvent.ItemAdded added) {
            add(added.item(), added.previousItemId());
        } else if (event instanceof ConversationEvent.ItemCreated created) {
            add(created.item(), created.previousItemId());
        } else if (event instanceof ConversationEvent.ItemDone done) {
            finish(done.item(), done.previousItemId());
        } else if (event instanceof ConversationEvent.ItemDeleted deleted) {
            items.remove(deleted.itemId());
            snapshot = null;
        } else if (event instanceof ConversationEvent.ItemTruncated truncated) {
            change(truncated.itemId(), item -> item.truncate(truncated.contentIndex(), truncated.audioEndMs()));
        } else if (event instanceof ConversationEvent.ItemRetrieved retrieved) {
            change(retrieved.item().id(), item -> item.told(retrieved.item(), isComplete(retrieved.item())));
        } else {
            applyTranscription(event);
        }
    }

    private void applyTranscription(ConversationEvent event) {
        if (event instanceof ConversationEvent.ItemInputAudioTranscriptionDelta delta) {
            int index = delta.contentIndex() == null ? 0 : delta.contentIndex();
            hear(delta.itemId(), item -> item.transcribing(index, delta.delta()));
        } else if (event instanceof ConversationEvent.ItemInputAudioTranscriptionSegment segment) {
            hear(segment.itemId(), item -> item.transcribedSegment(segment.contentIndex(), segment.text()));
        } else if (event instanceof ConversationEvent.ItemInputAudioTranscriptionCompleted completed) {
            hear(completed.itemId(), item -> item.transcribed(completed.contentIndex(), completed.transcript()));
        } else if (event instanceof ConversationEvent.ItemInputAudioTranscriptionFailed failed) {
            hear(failed.itemId(), item -> item.transcriptionFailed(failed.contentIndex(), failed.error()));
        }
    }

    private void applyResponse(ResponseEvent event) {
        if (event instanceof ResponseEvent.Created created) {
            begin(created.response());
        } else if (event instanceof ResponseEvent.OutputItemAdded added) {
            output(added.responseId(), isRunning(added), added.item(), isComplete(added.item()));
        } else if (event instanceof ResponseEvent.OutputItemDone done) {
            output(done.responseId(), isRunning(done), done.item(), true);
        } else if (event instanceof ResponseEvent.Done done) {
            end(done.response());
        } else {
            applyContent(event);
        }
    }

    private void applyContent(ResponseEvent event) {
        if (event instanceof ResponseEvent.OutputTextDelta delta) {
            grow(delta, delta.itemId(), item -> item.append(delta.contentIndex(), TEXT, delta.delta()));
        } else if (event instanceof ResponseEvent.OutputAudioTranscriptDelta delta) {
            grow(delta, delta.itemId(), item -> item.append(delta.contentIndex(), SPEECH, delta.delta()));
        } else if (event instanceof ResponseEvent.OutputTextDone done) {
            grow(done, done.itemId(), item -> item.setWords(done.contentIndex(), TEXT, done.text()));
        } else if (event instanceof ResponseEvent.OutputAudioTranscriptDone done) {
            grow(done, done.itemId(), item -> item.setWords(done.contentIndex(), SPEECH, done.transcript()));
        } else if (event instanceof ResponseEvent.ContentPartAdded added) {
            partTold(added, added.itemId(), added.contentIndex(), added.part(), false);
        } else if (event instanceof ResponseEvent.ContentPartDone done) {
            partTold(done, done.itemId(), done.contentIndex(), done.part(), true);
        } else if (event instanceof ResponseEvent.FunctionCallArgumentsDelta delta) {
            grow(delta, delta.itemId(), item -> item.appendArguments(delta.delta()));
        } else if (event instanceof ResponseEvent.FunctionCallArgumentsDone done) {
            grow(done, done.itemId(), item -> item.setArguments(done.arguments()));
        } else if (event instanceof ResponseEvent.McpCallArgumentsDelta delta) {
            grow(delta, delta.itemId(), item -> item.appendArguments(delta.delta()));
        } else if (event instanceof ResponseEvent.McpCallArgumentsDone done) {
            grow(done, done.itemId(), item -> item.setArguments(done.arguments()));
        }
    }

    private void add(Item told, @Nullable String previousItemId) {
        String id = told.id();
        if (id != null) {
            GrowingItem item = known(id, told);
            item.told(told, isComplete(told));
            items.place(id, item, previousItemId);
            snapshot = null;
        }
    }

    /** Of an item that is here only the content counts: {@code previous_item_id} is not always right. */
    private void finish(Item told, @Nullable String previousItemId) {
        String id = told.id();
        if (id == null || items.isRemoved(id)) {
            return;
        }
        GrowingItem item = known(id, told);
        item.told(told, true);
        if (previousItemId != null) {
            items.place(id, item, previousItemId);
        } else if (items.find(id) == null) {
            items.append(id, item);
        }
        snapshot = null;
    }

    private void commit(InputAudioBufferEvent.Committed committed) {
        String id = committed.itemId();
        if (items.find(id) == null && !items.isRemoved(id)) {
            GrowingItem early = announced.remove(id);
            items.place(id, early == null ? GrowingItem.speech(id) : early, committed.previousItemId());
            snapshot = null;
        }
    }

    private GrowingItem known(String id, Item told) {
        GrowingItem here = items.find(id);
        GrowingItem early = announced.remove(id);
        return here != null ? here : early != null ? early : GrowingItem.of(told);
    }

    private void begin(Response response) {
        if (response.id() != null && response.conversationId() != null) {
            running.add(response.id());
            if (running.size() > RUNNING_RESPONSES) {
                running.remove(running.iterator().next());
            }
        }
    }

    private boolean isRunning(ResponseEvent event) {
        return running.contains(event.responseId());
    }

    /**
     * @param belongs whether the response said that it belongs to the default conversation
     */
    private void output(@Nullable String responseId, boolean belongs, Item told, boolean last) {
        String id = told.id();
        if (id != null && belongs && items.find(id) == null && !items.isRemoved(id)) {
            items.append(id, GrowingItem.of(told));
        }
        change(id, item -> {
            item.producedBy(responseId);
            item.told(told, last);
        });
    }

    /** The end of a response is the end of its items, whether or not the server said so of each. */
    private void end(Response response) {
        String id = response.id();
        boolean belongs = running.remove(id) || response.conversationId() != null;
        response.output().forEach(item -> output(id, belongs, item, true));
        for (GrowingItem item : items.values()) {
            if (item.isOf(id) && !item.isDone()) {
                item.close();
                snapshot = null;
            }
        }
    }

    private void partTold(
            ResponseEvent event, String itemId, int contentIndex, @Nullable ContentPart part, boolean last) {
        if (part != null) {
            grow(event, itemId, item -> item.partTold(contentIndex, part, last));
        }
    }

    private void grow(ResponseEvent event, String itemId, Consumer<GrowingItem> change) {
        change(itemId, item -> {
            item.producedBy(event.responseId());
            change.accept(item);
        });
    }

    private void change(@Nullable String itemId, Consumer<GrowingItem> change) {
        GrowingItem item = itemId == null ? null : items.find(itemId);
        if (item != null) {
            change.accept(item);
            snapshot = null;
        }
    }

    /** Transcription does not wait for the item. */
    private void hear(String itemId, Consumer<GrowingItem> change) {
        if (items.find(itemId) != null) {
            change(itemId, change);
        } else if (!items.isRemoved(itemId)) {
            change.accept(announced.computeIfAbsent(itemId, GrowingItem::speech));
            if (announced.size() > ANNOUNCED_ITEMS) {
                announced.remove(announced.keySet().iterator().next());
            }
        }
    }

    /** Items of the model grow; all others are complete when they are told. */
    private static boolean isComplete(Item item) {
        Item.Status status = null;
        if (item instanceof Item.Message message) {
            status = message.status();
            if (status == null) {
                return !message.role().equals(Item.Role.ASSISTANT);
            }
        } else if (item instanceof Item.FunctionCall call) {
            status = call.status();
        } else {
            return item instanceof Item.FunctionCallOutput || item instanceof Item.McpApprovalResponse;
        }
        return status != null && !status.equals(Item.Status.IN_PROGRESS);
    }
}
