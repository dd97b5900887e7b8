package io.github.realtime4j.server.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ErrorDetail;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventValidatorTest {
    private static final SessionFacts REALTIME = new SessionFacts(SessionKind.REALTIME, "gpt-realtime", true);
    private static final SessionFacts REASONING = new SessionFacts(SessionKind.REALTIME, "gpt-realtime-2.1", true);
    private static final SessionFacts TRANSCRIPTION = new SessionFacts(SessionKind.TRANSCRIPTION, "", true);
    private static final SessionFacts TRANSLATION =
            new SessionFacts(SessionKind.TRANSLATION, "gpt-realtime-translate", true);

    @Test
    void unknownTypeListsTheTypesOfAWebSocket() {
        assertRefused(
                REALTIME,
                "{'type':'nope'}",
                "invalid_value",
                "type",
                "Invalid value: 'nope'. Supported values are: 'session.update', 'session.close',"
                        + " 'input_audio_buffer.append', 'session.input_audio_buffer.append',"
                        + " 'input_audio_buffer.commit', 'input_audio_buffer.clear', 'conversation.item.create',"
                        + " 'conversation.item.truncate', 'conversation.item.delete', 'conversation.item.retrieve',"
                        + " 'response.create', and 'response.cancel'.");
    }

    @Test
    void missingTypeIsAnInvalidEvent() {
        assertRefused(REALTIME, "{}", "invalid_event", null, "The 'type' field is missing.");
    }

    @Test
    void outputAudioBufferClearIsForCallsOnly() {
        String event = "{'type':'output_audio_buffer.clear'}";

        assertThat(code(REALTIME, event)).isEqualTo("invalid_value type");
        assertThat(code(new SessionFacts(SessionKind.REALTIME, "gpt-realtime", false), event))
                .isNull();
    }

    @Test
    void theErrorNamesTheEventThatCausedIt() {
        ErrorDetail error =
                EventValidator.validate(parse("{'type':'session.update','event_id':'mine','session':{}}"), REALTIME);

        assertThat(error).isNotNull();
        assertThat(error.eventId()).isEqualTo("mine");
        assertThat(error.type()).isEqualTo("invalid_request_error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'session.update','session':{'type':'realtime','instructions':'Be brief.','output_modalities':['audio'],'audio':{'input':{'format':{'type':'audio/pcm','rate':24000},'turn_detection':{'type':'server_vad','create_response':true,'interrupt_response':true},'transcription':{'model':'gpt-realtime-whisper'}},'output':{'format':{'type':'audio/pcm','rate':24000}}}}}",
                "{'type':'session.update','session':{'type':'realtime','tools':[{'type':'function','name':'get_weather','parameters':{'additionalProperties':false,'properties':{'city':{'type':'string'}},'required':['city'],'type':'object'},'description':'Look up the weather for a city.'}],'tool_choice':{'type':'function','name':'get_weather'}}}",
                "{'type':'session.update','session':{'type':'realtime','audio':{'input':{'turn_detection':null,'transcription':null,'noise_reduction':null}},'tracing':null,'prompt':null,'tools':[],'instructions':''}}",
                "{'type':'session.update','session':{'type':'realtime','audio':{'input':{'turn_detection':{'type':'semantic_vad','eagerness':'low'},'format':{'type':'audio/pcmu'}},'output':{'voice':{'id':'voice_1'},'speed':1.5}},'max_output_tokens':'inf'}}",
                "{'type':'session.update','session':{'type':'realtime','truncation':{'type':'retention_ratio','retention_ratio':0.8,'token_limits':{'post_instructions':100}},'tracing':{'workflow_name':'w'},'prompt':{'id':'pmpt_1','variables':{'a':'b'}},'include':['item.input_audio_transcription.logprobs']}}",
                "{'type':'session.update','session':{'type':'realtime','tools':[{'type':'mcp','server_label':'s','server_url':'https://example.com','require_approval':{'never':{'tool_names':['a']}},'allowed_tools':['a']}],'model':'gpt-realtime'}}",
                "{'type':'input_audio_buffer.append','audio':'AAAA','event_id':null}",
                "{'type':'input_audio_buffer.commit'}",
                "{'type':'conversation.item.create','previous_item_id':'root','item':{'type':'message','role':'user','content':[{'type':'input_text','text':'Hi'},{'type':'input_image','image_url':'data:image/png;base64,AAAA','detail':'low'},{'type':'input_audio','audio':'AAA='}]}}",
                "{'type':'conversation.item.create','item':{'type':'message','role':'assistant','content':[{'type':'output_text','text':'Hi'}]}}",
                "{'type':'conversation.item.create','item':{'type':'function_call_output','call_id':'call_1','output':'{}'}}",
                "{'type':'response.create'}",
                "{'type':'response.create','response':{'conversation':'none','input':[{'type':'item_reference','id':'item_1'}],'metadata':{'topic':'x'},'output_modalities':['text'],'tool_choice':'none','max_output_tokens':4096}}",
                "{'type':'response.cancel','response_id':'resp_1'}",
                "{'type':'conversation.item.truncate','item_id':'item_1','content_index':0,'audio_end_ms':0}"
            })
    void whatRealClientsSendIsWellFormed(String event) {
        assertThat(EventValidator.validate(parse(event), REALTIME)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'instructions':'x'}|missing_required_parameter|session.type|Missing required parameter: 'session.type'.",
                "{'type':'session'}|invalid_value|session.type|Invalid value: 'session'. Supported values are: 'realtime' and 'transcription'.",
                "{'type':'transcription'}|invalid_value|session.type|Passing a transcription session update event to a realtime session is not allowed.",
                "{'type':'realtime','bogus_field':1}|unknown_parameter|session.bogus_field|Unknown parameter: 'session.bogus_field'.",
                "{'type':'realtime','modalities':['text']}|unknown_parameter|session.modalities|Unknown parameter: 'session.modalities'.",
                "{'type':'realtime','voice':'ash'}|unknown_parameter|session.voice|Unknown parameter: 'session.voice'.",
                "{'type':'realtime','input_audio_format':'pcm16'}|unknown_parameter|session.input_audio_format|Unknown parameter: 'session.input_audio_format'.",
                "{'type':'realtime','audio':{'input':{'x':1}}}|unknown_parameter|session.audio.input.x|Unknown parameter: 'session.audio.input.x'.",
                "{'type':'realtime','instructions':7}|invalid_type|session.instructions|Invalid type for 'session.instructions': expected a string, but got an integer instead.",
                "{'type':'realtime','tools':{}}|invalid_type|session.tools|Invalid type for 'session.tools': expected an array of objects, but got an object instead.",
                "{'type':'realtime','tool_choice':[]}|invalid_type|session.tool_choice|Invalid type for 'session.tool_choice': expected one of a string or object, but got an array instead.",
                "{'type':'realtime','max_output_tokens':0}|integer_below_min_value|session.max_output_tokens|Invalid 'session.max_output_tokens': integer below minimum value. Expected a value >= 1, but got 0 instead.",
                "{'type':'realtime','max_output_tokens':4097}|integer_above_max_value|session.max_output_tokens|Invalid 'session.max_output_tokens': integer above maximum value. Expected a value <= 4096, but got 4097 instead.",
                "{'type':'realtime','max_output_tokens':'many'}|invalid_value|session.max_output_tokens|Invalid value: 'many'. Value must be 'inf'.",
                "{'type':'realtime','output_modalities':['text','audio']}|invalid_value|session.output_modalities|Invalid modalities: ['text', 'audio']. Supported combinations are: ['text'] and ['audio'].",
                "{'type':'realtime','audio':{'output':{'voice':'nova'}}}|invalid_value|session.audio.output.voice|Invalid value: 'nova'. Supported values are: 'alloy', 'ash', 'ballad', 'coral', 'echo', 'sage', 'shimmer', 'verse', 'marin', and 'cedar'.",
                "{'type':'realtime','audio':{'input':{'format':{'type':'audio/pcm','rate':16000}}}}|integer_below_min_value|session.audio.input.format.rate|Invalid 'session.audio.input.format.rate': integer below minimum value. Expected a value >= 24000, but got 16000 instead.",
                "{'type':'realtime','audio':{'output':{'speed':0.1}}}|decimal_below_min_value|session.audio.output.speed|Invalid 'session.audio.output.speed': decimal below minimum value. Expected a value >= 0.25, but got 0.1 instead.",
                "{'type':'realtime','audio':{'output':{'speed':2}}}|decimal_above_max_value|session.audio.output.speed|Invalid 'session.audio.output.speed': decimal above maximum value. Expected a value <= 1.5, but got 2 instead.",
                "{'type':'realtime','reasoning':{'effort':'low'}}|invalid_value|session.reasoning|Unsupported option for this model",
                "{'type':'realtime','parallel_tool_calls':true}|invalid_value|session.parallel_tool_calls|Unsupported option for this model",
                "{'type':'realtime','model':'gpt-realtime-2'}|cannot_update_model|session.model|Cannot update a session's model.",
                "{'type':'realtime','tools':[{'type':'function','name':'a.b'}]}|invalid_value|session.tools[0].name|Invalid 'session.tools[0].name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.",
                "{'type':'realtime','tools':[{'type':'function','name':''}]}|empty_string|session.tools[0].name|Invalid 'session.tools[0].name': empty string. Expected a string with minimum length 1, but got an empty string instead.",
                "{'type':'realtime','tools':[{'type':'function','name':'a','strict':true}]}|unknown_parameter|session.tools[0].strict|Unknown parameter: 'session.tools[0].strict'.",
                "{'type':'realtime','tools':[{'name':'a'}]}|missing_required_parameter|session.tools[0].type|Missing required parameter: 'session.tools[0].type'.",
                "{'type':'realtime','tool_choice':'maybe'}|invalid_value|session.tool_choice|Invalid value: 'maybe'. Supported values are: 'none', 'auto', and 'required'.",
                "{'type':'realtime','audio':{'input':{'turn_detection':{'type':'server_vad','idle_timeout_ms':100}}}}|integer_below_min_value|session.audio.input.turn_detection.idle_timeout_ms|Invalid 'session.audio.input.turn_detection.idle_timeout_ms': integer below minimum value. Expected a value >= 5000, but got 100 instead.",
                "{'type':'realtime','audio':{'input':{'turn_detection':{'type':'semantic_vad','idle_timeout_ms':6000}}}}|unknown_parameter|session.audio.input.turn_detection.idle_timeout_ms|Unknown parameter: 'session.audio.input.turn_detection.idle_timeout_ms'.",
                "{'type':'realtime','audio':{'input':{'turn_detection':{'type':'server_vad','threshold':1.1}}}}|decimal_above_max_value|session.audio.input.turn_detection.threshold|Invalid 'session.audio.input.turn_detection.threshold': decimal above maximum value. Expected a value <= 1, but got 1.1 instead.",
                "{'type':'realtime','audio':{'input':{'transcription':{'model':'gpt-realtime-whisper','prompt':'x'}}}}|invalid_value|session.audio.input.transcription.prompt|Unsupported option for this model",
                "{'type':'realtime','audio':{'input':{'transcription':{'model':'whisper-1','delay':'low'}}}}|invalid_value|session.audio.input.transcription.delay|Unsupported option for this model",
                "{'type':'realtime','audio':{'input':{'noise_reduction':{'type':'loud'}}}}|invalid_value|session.audio.input.noise_reduction.type|Invalid value: 'loud'. Supported values are: 'near_field' and 'far_field'.",
                "{'type':'realtime','truncation':{'type':'retention_ratio'}}|missing_required_parameter|session.truncation.retention_ratio|Missing required parameter: 'session.truncation.retention_ratio'.",
                "{'type':'realtime','tracing':false}|invalid_type|session.tracing|Invalid type for 'session.tracing': expected one of a string or object, but got a boolean instead.",
                "{'type':'realtime','include':['all']}|invalid_value|session.include[0]|Invalid value: 'all'. Value must be 'item.input_audio_transcription.logprobs'.",
                "{'type':'realtime','prompt':{}}|missing_required_parameter|session.prompt.id|Missing required parameter: 'session.prompt.id'.",
            })
    void aBadSessionIsRefusedInTheServicesWords(String session, String code, String param, String message) {
        assertRefused(REALTIME, "{'type':'session.update','session':" + session + "}", code, param, message);
        ErrorDetail rest = EventValidator.validateSession(parse(session), SessionKind.REALTIME, "gpt-realtime");
        boolean restDiffers = code.equals("cannot_update_model") || message.startsWith("Passing");
        assertThat(rest == null ? null : rest.message()).isEqualTo(restDiffers ? null : message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'session.update'}|missing_required_parameter|session|Missing required parameter: 'session'.",
                "{'type':'session.update','session':'x'}|invalid_type|session|Invalid type for 'session': expected an object, but got a string instead.",
                "{'type':7}|invalid_type|type|Invalid type for 'type': expected a string, but got an integer instead.",
                "{'type':'transcription_session.update','session':{}}|invalid_value|type|*",
                "{'type':'input_audio_buffer.append'}|missing_required_parameter|audio|Missing required parameter: 'audio'.",
                "{'type':'input_audio_buffer.append','audio':'%%%'}|invalid_value|audio|Invalid 'audio'. Expected base64-encoded audio bytes (mono PCM16 at 24kHz) but got an invalid value.",
                "{'type':'input_audio_buffer.append','audio':'AAA'}|invalid_value|audio|Invalid 'audio'. Expected base64-encoded audio bytes (mono PCM16 at 24kHz) but got an invalid value.",
                "{'type':'input_audio_buffer.append','audio':''}|invalid_value|audio|Invalid 'audio'. Expected base64-encoded audio bytes (mono PCM16 at 24kHz) but got empty bytes.",
                "{'type':'conversation.item.create','item':{'type':'message','role':'user','content':[{'type':'input_audio','audio':'?'}]}}|invalid_value|item.content[0].audio|Invalid 'item.content[0].audio'. Expected base64-encoded audio bytes (mono PCM16 at 24kHz) but got an invalid value.",
                "{'type':'conversation.item.create','item':{'role':'user'}}|missing_required_parameter|item.type|Missing required parameter: 'item.type'.",
                "{'type':'conversation.item.create','item':{'type':'message','content':[]}}|missing_required_parameter|item.role|Missing required parameter: 'item.role'.",
                "{'type':'conversation.item.create','item':{'type':'message','role':'user'}}|missing_required_parameter|item.content|Missing required parameter: 'item.content'.",
                "{'type':'conversation.item.create','item':{'type':'function_call_output','output':'x'}}|missing_required_parameter|item.call_id|Missing required parameter: 'item.call_id'.",
                "{'type':'conversation.item.create','item':{'type':'message','role':'user','content':[],'foo':1}}|unknown_parameter|item.foo|Unknown parameter: 'item.foo'.",
                "{'type':'conversation.item.create','item':{'type':'message','role':'assistant','content':[{'type':'input_text','text':'x'}]}}|invalid_value|item.content[0].type|Invalid value: 'input_text'. Supported values are: 'output_text' and 'output_audio'.",
                "{'type':'conversation.item.create','item':{'type':'message','role':'system','content':[{'type':'input_audio','audio':'AAAA'}]}}|invalid_value|item.content[0].type|Invalid value: 'input_audio'. Value must be 'input_text'.",
                "{'type':'conversation.item.create','item':{'type':'message','role':'user','content':[{'type':'input_text'}]}}|missing_required_parameter|item.content[0].text|Missing required parameter: 'item.content[0].text'.",
                "{'type':'conversation.item.create','item':{'type':'item_reference','id':'x'}}|invalid_value|item.type|*",
                "{'type':'conversation.item.truncate','item_id':'x','content_index':0,'audio_end_ms':1.5}|invalid_type|audio_end_ms|Invalid type for 'audio_end_ms': expected an integer, but got a decimal instead.",
                "{'type':'conversation.item.truncate','item_id':'x','content_index':0,'audio_end_ms':-1}|integer_below_min_value|audio_end_ms|Invalid 'audio_end_ms': integer below minimum value. Expected a value >= 0, but got -1 instead.",
                "{'type':'conversation.item.delete'}|missing_required_parameter|item_id|Missing required parameter: 'item_id'.",
                "{'type':'response.create','response':{'modalities':['text']}}|unknown_parameter|response.modalities|Unknown parameter: 'response.modalities'.",
                "{'type':'response.create','response':{'conversation':'other'}}|invalid_value|response.conversation|Invalid value: 'other'. Supported values are: 'auto' and 'none'.",
                "{'type':'response.create','response':{'audio':{'input':{}}}}|unknown_parameter|response.audio.input|Unknown parameter: 'response.audio.input'.",
                "{'type':'response.create','response':{'metadata':{'a':1}}}|invalid_type|response.metadata.a|Invalid type for 'response.metadata.a': expected a string, but got an integer instead.",
                "{'type':'response.create','extra':1}|unknown_parameter|extra|Unknown parameter: 'extra'.",
                "{'type':'response.cancel','response_id':1}|invalid_type|response_id|Invalid type for 'response_id': expected a string, but got an integer instead.",
            })
    void aBadEventIsRefusedInTheServicesWords(String event, String code, String param, String message) {
        if (message.equals("*")) {
            assertThat(code(REALTIME, event)).isEqualTo(code + " " + param);
        } else {
            assertRefused(REALTIME, event, code, param, message);
        }
    }

    @Test
    void reasoningModelsTakeWhatOthersDoNot() {
        String update = "{'type':'session.update','session':{'type':'realtime','reasoning':{'effort':'xhigh'},"
                + "'parallel_tool_calls':false}}";

        assertThat(code(REASONING, update)).isNull();
        assertThat(code(REASONING, update.replace("xhigh", "huge")))
                .isEqualTo("invalid_value session.reasoning.effort");
    }

    @Test
    void whatIsUnknownIsToldBeforeWhatIsMissingAndThatBeforeWrongValues() {
        assertThat(code(REALTIME, "{'type':'conversation.item.truncate','content_index':'x','foo':1}"))
                .isEqualTo("unknown_parameter foo");
        assertThat(code(REALTIME, "{'type':'conversation.item.truncate','content_index':'x'}"))
                .isEqualTo("missing_required_parameter item_id");
        assertThat(code(
                        REALTIME,
                        "{'type':'conversation.item.truncate','item_id':'i','content_index':'x','audio_end_ms':-1}"))
                .isEqualTo("invalid_type content_index");
    }

    @Test
    void longStringsAndManyPairsAreRefused() {
        String longId = "{'type':'response.create','event_id':'" + "x".repeat(513) + "'}";
        assertThat(code(REALTIME, longId)).isEqualTo("string_above_max_length event_id");
        assertThat(code(REALTIME, longId.replace("x'}", "'}"))).isNull();

        StringBuilder pairs = new StringBuilder("{'k0':''");
        for (int i = 1; i < 17; i++) {
            pairs.append(",'k").append(i).append("':''");
        }
        assertThat(code(REALTIME, "{'type':'response.create','response':{'metadata':" + pairs + "}}}"))
                .isEqualTo("object_above_max_properties response.metadata");
        assertThat(code(REALTIME, "{'type':'response.create','response':{'metadata':{'" + "k".repeat(65) + "':''}}}"))
                .isEqualTo("property_name_above_max_length response.metadata");
        assertThat(code(REALTIME, "{'type':'response.create','response':{'metadata':{'k':'" + "v".repeat(513) + "'}}}"))
                .isEqualTo("string_above_max_length response.metadata.k");
        assertThat(code(
                        REALTIME,
                        "{'type':'session.update','session':{'type':'realtime','tools':[{'type':'function','name':'"
                                + "n".repeat(65) + "'}]}}"))
                .isEqualTo("string_above_max_length session.tools[0].name");
    }

    @Test
    void fifteenMebibytesOfAudioAreTheMost() {
        String full = "A".repeat(15 * 1024 * 1024 / 3 * 4);

        assertThat(EventValidator.validate(append(full), REALTIME)).isNull();
        ErrorDetail error = EventValidator.validate(append(full + "AAAA"), REALTIME);
        assertThat(error).isNotNull();
        assertThat(error.param()).isEqualTo("audio");
    }

    @Test
    void aTranscriptionSessionTakesOnlyWhatItKnows() {
        String update = "{'type':'session.update','session':{'type':'transcription','audio':{'input':{"
                + "'transcription':{'model':'gpt-realtime-whisper','delay':'low'},'turn_detection':%s}}}}";

        assertThat(code(TRANSCRIPTION, String.format(update, "null"))).isNull();
        assertRefused(
                TRANSCRIPTION,
                String.format(update, "{'type':'server_vad'}"),
                "invalid_value",
                "session.audio.input.turn_detection",
                "Turn detection is not supported for this transcription model");
        assertThat(code(
                        TRANSCRIPTION,
                        "{'type':'session.update','session':{'type':'transcription','instructions':''}}"))
                .isEqualTo("unknown_parameter session.instructions");
        assertThat(code(TRANSCRIPTION, "{'type':'session.update','session':{'type':'realtime'}}"))
                .isEqualTo("invalid_value session.type");
        assertThat(code(TRANSCRIPTION, "{'type':'response.create'}")).isEqualTo("invalid_value type");
    }

    @Test
    void aTranslationSessionHasNoType() {
        String update = "{'type':'session.update','session':{'audio':{'output':{'language':'es'},"
                + "'input':{'transcription':{'model':'gpt-realtime-whisper'},'noise_reduction':null}}}}";

        assertThat(code(TRANSLATION, update)).isNull();
        assertThat(code(TRANSLATION, "{'type':'session.update','session':{'type':'translation'}}"))
                .isEqualTo("unknown_parameter session.type");
        assertThat(code(TRANSLATION, "{'type':'input_audio_buffer.append','audio':'AAAA'}"))
                .isEqualTo("invalid_value type");
        assertThat(code(TRANSLATION, "{'type':'session.input_audio_buffer.append','audio':'AAAA'}"))
                .isNull();
    }

    @Test
    void clientSecretsAreCheckedAsSessionsAre() {
        assertThat(EventValidator.validateClientSecret(parse("{}"))).isNull();
        assertThat(EventValidator.validateClientSecret(parse(
                        "{'expires_after':{'anchor':'created_at','seconds':10},'session':{'type':'transcription'}}")))
                .isNull();
        assertSecretRefused("{'expires_after':{'seconds':7201}}", "expires_after.seconds");
        assertSecretRefused("{'session':{'modalities':[]}}", "session.type");
        assertSecretRefused("{'session':{'type':'realtime','modalities':[]}}", "session.modalities");
        assertSecretRefused(
                "{'session':{'type':'realtime','model':'gpt-realtime','reasoning':{}}}", "session.reasoning");
        assertThat(EventValidator.validateClientSecret(parse(
                        "{'session':{'type':'realtime','model':'gpt-realtime-2.1','reasoning':{'effort':'low'}}}")))
                .isNull();
    }

    private static void assertSecretRefused(String body, String param) {
        ErrorDetail error = EventValidator.validateClientSecret(parse(body));
        assertThat(error).isNotNull();
        assertThat(error.param()).isEqualTo(param);
        assertThat(ServiceErrors.httpBody(error).object("error")).isNotNull();
    }

    private static void assertRefused(
            SessionFacts facts, String event, String code, @Nullable String param, String message) {
        ErrorDetail error = EventValidator.validate(parse(event), facts);
        assertThat(error).as(event).isNotNull();
        assertThat(List.of(
                        String.valueOf(error.code()), String.valueOf(error.param()), String.valueOf(error.message())))
                .containsExactly(code, String.valueOf(param), message);
    }

    private static @Nullable String code(SessionFacts facts, String event) {
        ErrorDetail error = EventValidator.validate(parse(event), facts);
        return error == null ? null : error.code() + " " + error.param();
    }

    private static JsonObject append(String audio) {
        return JsonObject.of("type", "input_audio_buffer.append", "audio", audio);
    }

    /** With single quotes for double ones. */
    private static JsonObject parse(String json) {
        return JsonObject.parse(json.replace('\'', '"'));
    }
}
