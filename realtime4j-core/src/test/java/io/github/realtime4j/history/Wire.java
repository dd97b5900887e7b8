package io.github.realtime4j.history;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.protocol.ConversationEvent;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Server events of a conversation, in short. Everything that the model says belongs to response {@code r}. */
final class Wire {
    private Wire() {}

    static Item.Message written(String id, String text) {
        return message(id, Item.Status.COMPLETED, Item.Role.USER, new ContentPart.InputText(text));
    }

    static Item.Message spoken(String id) {
        return message(
                id, Item.Status.COMPLETED, Item.Role.USER, new ContentPart.InputAudio(null, null, JsonObject.EMPTY));
    }

    static Item.Message answer(String id, Item.Status status, ContentPart... content) {
        return message(id, status, Item.Role.ASSISTANT, content);
    }

    static Item.Message message(String id, Item.@Nullable Status status, Item.Role role, ContentPart... content) {
        return new Item.Message(id, status, role, List.of(content), null, JsonObject.EMPTY);
    }

    static Item.FunctionCall call(String id, Item.Status status, String callId, String arguments) {
        return new Item.FunctionCall(id, status, "get_weather", callId, arguments, JsonObject.EMPTY);
    }

    static Item.FunctionCallOutput callOutput(String id, String callId, String output) {
        return new Item.FunctionCallOutput(id, null, callId, output, JsonObject.EMPTY);
    }

    static ContentPart speech(@Nullable String transcript) {
        return new ContentPart.OutputAudio(null, transcript, JsonObject.EMPTY);
    }

    static ServerEvent added(@Nullable String previous, Item item) {
        return new ConversationEvent.ItemAdded(null, previous, item);
    }

    static ServerEvent done(@Nullable String previous, Item item) {
        return new ConversationEvent.ItemDone(null, previous, item);
    }

    static ServerEvent deleted(String id) {
        return new ConversationEvent.ItemDeleted(null, id);
    }

    static ServerEvent truncated(String id, int audioEndMs) {
        return new ConversationEvent.ItemTruncated(null, id, 0, audioEndMs);
    }

    static ServerEvent committed(@Nullable String previous, String id) {
        return new InputAudioBufferEvent.Committed(null, previous, id);
    }

    static ServerEvent heard(String id, String delta) {
        return new ConversationEvent.ItemInputAudioTranscriptionDelta(null, id, 0, delta, null, null);
    }

    static ServerEvent heardSegment(String id, String speaker, String text) {
        return new ConversationEvent.ItemInputAudioTranscriptionSegment(null, id, 0, text, "seg", speaker, 0, 1);
    }

    static ServerEvent heardAll(String id, String transcript) {
        return new ConversationEvent.ItemInputAudioTranscriptionCompleted(null, id, 0, transcript, null, null, null);
    }

    static ServerEvent notHeard(String id, String message) {
        return new ConversationEvent.ItemInputAudioTranscriptionFailed(null, id, 0, error(message));
    }

    static ErrorDetail error(String message) {
        return new ErrorDetail("transcription_error", null, message, null, null);
    }

    static ServerEvent responseCreated(@Nullable String conversation) {
        return new ResponseEvent.Created(null, response(Response.Status.IN_PROGRESS, conversation));
    }

    static ServerEvent responseDone(@Nullable String conversation, Item... output) {
        return new ResponseEvent.Done(null, response(Response.Status.COMPLETED, conversation, output));
    }

    private static Response response(Response.Status status, @Nullable String conversation, Item... output) {
        return new Response(
                null, "r", status, null, List.of(output), conversation, null, null, null, null, null, JsonObject.EMPTY);
    }

    static ServerEvent outputAdded(Item item) {
        return new ResponseEvent.OutputItemAdded(null, "r", 0, item);
    }

    static ServerEvent outputDone(Item item) {
        return new ResponseEvent.OutputItemDone(null, "r", 0, item);
    }

    static ServerEvent partAdded(String id, @Nullable ContentPart part) {
        return new ResponseEvent.ContentPartAdded(null, "r", id, 0, 0, part);
    }

    static ServerEvent partDone(String id, @Nullable ContentPart part) {
        return new ResponseEvent.ContentPartDone(null, "r", id, 0, 0, part);
    }

    static ServerEvent writes(String id, String delta) {
        return new ResponseEvent.OutputTextDelta(null, "r", id, 0, 0, delta, null);
    }

    static ServerEvent wrote(String id, String text) {
        return new ResponseEvent.OutputTextDone(null, "r", id, 0, 0, text);
    }

    static ServerEvent says(String id, String delta) {
        return new ResponseEvent.OutputAudioTranscriptDelta(null, "r", id, 0, 0, delta, null);
    }

    static ServerEvent said(String id, String transcript) {
        return new ResponseEvent.OutputAudioTranscriptDone(null, "r", id, 0, 0, transcript);
    }

    static ServerEvent argues(String id, String delta) {
        return new ResponseEvent.FunctionCallArgumentsDelta(null, "r", id, 0, "call", delta, null);
    }

    static ServerEvent argued(String id, String arguments) {
        return new ResponseEvent.FunctionCallArgumentsDone(null, "r", id, 0, "call", "get_weather", arguments);
    }

    static ConversationLog log(ServerEvent... events) {
        return log(List.of(events));
    }

    static ConversationLog log(List<ServerEvent> events) {
        ConversationLog log = new ConversationLog();
        events.forEach(log::apply);
        return log;
    }
}
