package io.github.realtime4j.server.session;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Item;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One item: its JSON as the events show it, and its sound beside it. Confined to the session's loop. */
final class ConversationItem {
    private final String id;
    private JsonObject json;
    private final Map<Integer, ItemAudio> audio = new LinkedHashMap<>();
    private final Map<Integer, String> heard = new LinkedHashMap<>();

    /** {@link #json} as a record; null when nobody has asked. */
    private @Nullable Item typed;

    /** What a transcriber makes of the user's speech; null until somebody wants to know. */
    private @Nullable CompletableFuture<String> hearing;

    ConversationItem(String id, JsonObject json) {
        this.id = id;
        this.json = json;
    }

    String id() {
        return id;
    }

    JsonObject json() {
        return json;
    }

    void json(JsonObject next) {
        json = next;
        typed = null;
    }

    Item typed() {
        if (typed == null) {
            typed = ModelView.item(json);
        }
        return typed;
    }

    String type() {
        return String.valueOf(json.string("type"));
    }

    boolean isAssistantMessage() {
        return type().equals("message") && "assistant".equals(json.string("role"));
    }

    void audio(int contentIndex, ItemAudio sound) {
        audio.put(contentIndex, sound);
    }

    @Nullable
    ItemAudio audio(int contentIndex) {
        return audio.get(contentIndex);
    }

    /** The content index of the first part with sound; -1 if there is none. */
    int firstAudio() {
        return audio.isEmpty() ? -1 : audio.keySet().iterator().next();
    }

    Map<Integer, ItemAudio> audio() {
        return audio;
    }

    /** Whether there is speech without words. */
    boolean isUnheard() {
        int index = firstAudio();
        return index >= 0
                && !heard.containsKey(index)
                && json.array("content").get(index) instanceof JsonObject part
                && !Members.isSet(part, "transcript");
    }

    @Nullable
    CompletableFuture<String> hearing() {
        return hearing;
    }

    void hearing(CompletableFuture<String> future) {
        hearing = future;
    }

    /** The user's words have been written down. */
    void transcript(int contentIndex, String transcript) {
        json(part(contentIndex, JsonObject.of("transcript", transcript)));
    }

    /** Words that are known to the server and not to the client: transcription is off. */
    void overheard(int contentIndex, String transcript) {
        heard.put(contentIndex, transcript);
    }

    /** Forgets what the user has not heard: the rest of the sound, and the whole transcript. */
    void truncate(int contentIndex, long millis) {
        ItemAudio sound = audio.get(contentIndex);
        if (sound != null) {
            heard.put(contentIndex, sound.heard(millis));
            sound.truncate(millis);
            json(part(contentIndex, JsonObject.of("transcript", null)));
        }
    }

    boolean isTruncated(int contentIndex) {
        return isAssistantMessage() && heard.containsKey(contentIndex);
    }

    private JsonObject part(int contentIndex, JsonObject change) {
        return part(json, contentIndex, change);
    }

    private static JsonObject part(JsonObject item, int contentIndex, JsonObject change) {
        List<JsonValue> content = new ArrayList<>(item.array("content"));
        if (contentIndex < content.size() && content.get(contentIndex) instanceof JsonObject part) {
            JsonObject changed = part;
            for (Map.Entry<String, JsonValue> member : change.members().entrySet()) {
                changed = changed.with(member.getKey(), member.getValue());
            }
            content.set(contentIndex, changed);
        }
        return item.with("content", new JsonArray(content));
    }

    /** With the sound in Base64, as {@code conversation.item.retrieved} shows it. */
    JsonObject withAudio() {
        List<JsonValue> content = new ArrayList<>();
        for (JsonValue value : json.array("content")) {
            ItemAudio sound = audio.get(content.size());
            if (sound == null || !sound.isKept() || !(value instanceof JsonObject part)) {
                content.add(value);
                continue;
            }
            String base64 = new String(sound.toBytes().toBase64(), StandardCharsets.ISO_8859_1);
            content.add(JsonObject.of(
                    "type", part.string("type"), "audio", base64, "transcript", Members.value(part, "transcript")));
        }
        return audio.isEmpty() ? json : json.with("content", new JsonArray(content));
    }

    /** As the model sees it: speech as the words that were heard. */
    JsonObject asHeard() {
        JsonObject whole = json;
        for (Map.Entry<Integer, String> words : heard.entrySet()) {
            whole = part(whole, words.getKey(), JsonObject.of("transcript", words.getValue()));
        }
        return whole;
    }

    long bytes() {
        long sum = 0;
        for (ItemAudio sound : audio.values()) {
            sum += sound.isKept() ? sound.bytes() : 0;
        }
        return sum;
    }
}
