package io.github.realtime4j.codec;

import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.ConversationEvent;
import io.github.realtime4j.protocol.ErrorEvent;
import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.McpListToolsEvent;
import io.github.realtime4j.protocol.OutputAudioBufferEvent;
import io.github.realtime4j.protocol.Ping;
import io.github.realtime4j.protocol.RateLimitsUpdated;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.SessionEvent;
import io.github.realtime4j.protocol.Tool;
import io.github.realtime4j.protocol.Tracing;
import io.github.realtime4j.protocol.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How the records are spelled on the wire. One rule: camel case becomes snake case, and the part of an event's name
 * before the first dot is its family. Everything that the rule does not say is in the tables here.
 */
final class WireNames {
    private static final Map<String, Class<?>> FAMILIES = Map.of(
            "session", SessionEvent.class,
            "conversation", ConversationEvent.class,
            "input_audio_buffer", InputAudioBufferEvent.class,
            "output_audio_buffer", OutputAudioBufferEvent.class,
            "response", ResponseEvent.class,
            "mcp_list_tools", McpListToolsEvent.class);

    private static final Map<String, Class<?>> WITHOUT_FAMILY = Map.of(
            "error", ErrorEvent.class,
            "rate_limits.updated", RateLimitsUpdated.class,
            "ping", Ping.class);

    /** Objects of a union that are known by their shape: they carry no {@code type}. */
    static final Set<Class<?>> WITHOUT_TYPE = Set.of(
            Voice.Custom.class,
            Tracing.Workflow.class,
            Tool.AllowedTools.Filter.class,
            Tool.RequireApproval.Filters.class);

    /** Unions whose {@code type} comes after their first field, as the service writes them. */
    static final Set<Class<?>> TYPE_AFTER_ID = Set.of(Item.class);

    static final List<String> CLIENT_EVENTS = List.of(
            "session.update",
            "session.close",
            "session.input_audio_buffer.append",
            "input_audio_buffer.append",
            "input_audio_buffer.commit",
            "input_audio_buffer.clear",
            "output_audio_buffer.clear",
            "conversation.item.create",
            "conversation.item.retrieve",
            "conversation.item.truncate",
            "conversation.item.delete",
            "response.create",
            "response.cancel");

    static final List<String> SERVER_EVENTS = List.of(
            "session.created",
            "session.updated",
            "session.closed",
            "session.input_transcript.delta",
            "session.output_transcript.delta",
            "session.output_audio.delta",
            "conversation.created",
            "conversation.item.added",
            "conversation.item.created",
            "conversation.item.done",
            "conversation.item.deleted",
            "conversation.item.truncated",
            "conversation.item.retrieved",
            "conversation.item.input_audio_transcription.delta",
            "conversation.item.input_audio_transcription.completed",
            "conversation.item.input_audio_transcription.segment",
            "conversation.item.input_audio_transcription.failed",
            "input_audio_buffer.speech_started",
            "input_audio_buffer.speech_stopped",
            "input_audio_buffer.committed",
            "input_audio_buffer.cleared",
            "input_audio_buffer.timeout_triggered",
            "input_audio_buffer.dtmf_event_received",
            "output_audio_buffer.started",
            "output_audio_buffer.stopped",
            "output_audio_buffer.cleared",
            "response.created",
            "response.done",
            "response.output_item.added",
            "response.output_item.done",
            "response.content_part.added",
            "response.content_part.done",
            "response.output_text.delta",
            "response.output_text.done",
            "response.output_audio.delta",
            "response.output_audio.done",
            "response.output_audio_transcript.delta",
            "response.output_audio_transcript.done",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done",
            "response.mcp_call_arguments.delta",
            "response.mcp_call_arguments.done",
            "response.mcp_call.in_progress",
            "response.mcp_call.completed",
            "response.mcp_call.failed",
            "mcp_list_tools.in_progress",
            "mcp_list_tools.completed",
            "mcp_list_tools.failed",
            "rate_limits.updated",
            "error",
            "ping");

    /** What the service writes as {@code null} when there is nothing: {@code RecordName.wire_name}. */
    private static final Set<String> NULL_WHEN_ABSENT = Set.of(
            "ItemAdded.previous_item_id",
            "ItemDone.previous_item_id",
            "Committed.previous_item_id",
            "InputAudio.transcript",
            "Response.status_details",
            "Response.conversation_id",
            "Response.usage",
            "Response.metadata",
            "ErrorDetail.code",
            "ErrorDetail.param",
            "ErrorDetail.event_id");

    /** What is the same in every object and so tells nothing: kept in {@code extra}, and not reported as unknown. */
    private static final Set<String> CONSTANTS =
            Set.of("Message.object", "FunctionCall.object", "FunctionCallOutput.object");

    private WireNames() {}

    static String snake(String camel) {
        StringBuilder snake = new StringBuilder(camel.length() + 8);
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (Character.isUpperCase(c)) {
                if (i > 0) {
                    snake.append('_');
                }
                snake.append(Character.toLowerCase(c));
            } else {
                snake.append(c);
            }
        }
        return snake.toString();
    }

    private static String camel(String wire) {
        StringBuilder camel = new StringBuilder(wire.length());
        for (String word : wire.split("[._]")) {
            camel.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word, 1, word.length());
        }
        return camel.toString();
    }

    /** The record of a server event's name. */
    static Class<?> serverEvent(String wire) {
        Class<?> single = WITHOUT_FAMILY.get(wire);
        if (single != null) {
            return single;
        }
        int dot = wire.indexOf('.');
        Class<?> family = FAMILIES.get(wire.substring(0, dot));
        if (family == null) {
            throw new IllegalStateException("No family for " + wire);
        }
        return nested(family, camel(wire.substring(dot + 1)));
    }

    /** The record of a client event's name. */
    static Class<?> clientEvent(String wire) {
        return nested(ClientEvent.class, camel(wire));
    }

    /** By name, so that one event does not load the classes of all others. */
    private static Class<?> nested(Class<?> owner, String simpleName) {
        try {
            return Class.forName(owner.getName() + "$" + simpleName, false, owner.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("No record " + simpleName + " in " + owner.getName(), e);
        }
    }

    /** The records of a sealed interface, all of which are nested in it. */
    static List<Class<?>> variants(Class<?> union) {
        List<Class<?>> variants = new ArrayList<>();
        for (Class<?> candidate : union.getDeclaredClasses()) {
            if (candidate.isRecord() && union.isAssignableFrom(candidate)) {
                variants.add(candidate);
            }
        }
        return variants;
    }

    static boolean isConstant(Class<?> record, String wireName) {
        return CONSTANTS.contains(record.getSimpleName() + "." + wireName);
    }

    static boolean nullWhenAbsent(Class<?> record, String wireName) {
        return NULL_WHEN_ABSENT.contains(record.getSimpleName() + "." + wireName);
    }
}
