package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.server.validation.ServiceErrors;
import io.github.realtime4j.server.validation.SessionKind;
import org.jspecify.annotations.Nullable;

/** Realtime sessions, and transcription sessions, which are the same without responses. */
final class RealtimeDialogue implements Dialogue {
    private final SessionScope scope;
    private final Responses responses;
    private final Turns turns;
    private final ItemCommands itemCommands;
    private final McpTools mcp;

    RealtimeDialogue(SessionScope scope) {
        this.scope = scope;
        Transcriptions transcriptions = new Transcriptions(scope);
        this.responses = new Responses(scope, transcriptions);
        this.turns = new Turns(scope, responses, transcriptions);
        this.mcp = new McpTools(scope, responses);
        this.itemCommands = new ItemCommands(scope, mcp);
    }

    @Override
    public void begin() {
        scope.out.send("session.created", "session", scope.settings.echo());
        mcp.list(scope.settings.tools());
    }

    @Override
    public void handle(String type, JsonObject event) {
        ErrorDetail problem = switch (type) {
            case "session.update" -> update(Members.at(event, "session"));
            case "input_audio_buffer.append" -> turns.append(audio(event));
            case "input_audio_buffer.commit" -> turns.commit();
            case "input_audio_buffer.clear" -> {
                turns.clear();
                yield null;
            }
            case "output_audio_buffer.clear" -> {
                scope.output.clear();
                yield null;
            }
            case "conversation.item.create" -> itemCommands.create(event);
            case "conversation.item.truncate" -> itemCommands.truncate(event);
            case "conversation.item.delete" -> itemCommands.delete(event);
            case "conversation.item.retrieve" -> itemCommands.retrieve(event);
            case "response.create" -> respond(Members.at(event, "response"));
            case "response.cancel" ->
                scope.kind() == SessionKind.TRANSCRIPTION
                        ? ServiceErrors.notInTranscription(type)
                        : responses.cancel(event.string("response_id"));
            default -> null;
        };
        if (problem != null) {
            scope.refuse(ServiceErrors.forEvent(problem, event.string("event_id")));
        }
    }

    private static AudioBytes audio(JsonObject event) {
        String base64 = event.string("audio");
        return base64 == null ? AudioBytes.EMPTY : AudioBytes.fromBase64(base64);
    }

    @Override
    public void append(AudioBytes audio, @Nullable String eventId) {
        ErrorDetail problem = turns.append(audio);
        if (problem != null) {
            scope.refuse(ServiceErrors.forEvent(problem, eventId));
        }
    }

    private @Nullable ErrorDetail update(JsonObject update) {
        ErrorDetail problem = scope.settings.refusal(update, scope.items.isSpoken(), responses.isActive());
        if (problem != null) {
            return problem;
        }
        scope.settings = scope.settings.with(update);
        scope.out.send("session.updated", "session", scope.settings.echo());
        turns.configure();
        mcp.list(scope.settings.tools());
        return null;
    }

    private @Nullable ErrorDetail respond(JsonObject config) {
        if (scope.kind() == SessionKind.TRANSCRIPTION) {
            return ServiceErrors.notInTranscription("response.create");
        }
        ErrorDetail problem = responses.create(config);
        if (problem == null) {
            turns.responseCreated();
            mcp.list(Members.value(config, "tools"));
        }
        return problem;
    }

    @Override
    public void writable() {
        responses.goOn();
    }
}
