package io.github.realtime4j.server.validation;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every sentence with which the service refuses something, in its own words: nobody else spells one. All of them are
 * {@code invalid_request_error} without an {@code event_id} unless their name says otherwise; {@link #forEvent} adds the
 * id. Which wordings come from real sessions and which were inferred: {@code docs/server-errors.md}.
 */
public final class ServiceErrors {
    static final String INVALID_REQUEST = "invalid_request_error";
    private static final String QUOTA_MESSAGE = "You exceeded your current quota, please check your plan and billing"
            + " details. For more information on this error, read the docs:"
            + " https://platform.openai.com/docs/guides/error-codes/api-errors.";

    private ServiceErrors() {}

    /** The same error, caused by this client event. */
    public static ErrorDetail forEvent(ErrorDetail error, @Nullable String eventId) {
        return new ErrorDetail(error.type(), error.code(), error.message(), error.param(), eventId);
    }

    /** As the body of an HTTP 4xx. */
    public static JsonObject httpBody(ErrorDetail error) {
        ErrorCode code = error.code();
        return JsonObject.of(
                "error",
                JsonObject.of(
                        "message", error.message(),
                        "type", error.type(),
                        "param", error.param(),
                        "code", code == null ? null : code.value()));
    }

    // Connecting: told after the 101, then the connection is closed.

    /** @param key as presented; only its first and last characters are repeated */
    public static Refusal invalidApiKey(String key) {
        String message = "Incorrect API key provided: " + masked(key)
                + ". You can find your API key at https://platform.openai.com/account/api-keys.";
        return new Refusal(invalid(ErrorCode.INVALID_API_KEY, message, null), 3000);
    }

    public static Refusal missingKey() {
        return new Refusal(invalid((ErrorCode) null, "Missing bearer or basic authentication in header", null), 3000);
    }

    public static Refusal insufficientPermissions() {
        String message = "You have insufficient permissions for this operation.";
        return new Refusal(invalid(ErrorCode.INSUFFICIENT_PERMISSIONS, message, null), 3000);
    }

    public static Refusal missingModel() {
        String message = "You must provide a model parameter, for example"
                + " wss://api.openai.com/v1/realtime?model=gpt-realtime-1.5";
        return new Refusal(invalid(ErrorCode.MISSING_MODEL, message, null), 4000);
    }

    public static Refusal unknownModel(String model) {
        String message = "Model \"" + model + "\" is not supported in realtime mode. See"
                + " https://platform.openai.com/docs/models for a list of supported models.";
        return new Refusal(invalid(ErrorCode.INVALID_MODEL, message, null), 4000);
    }

    public static Refusal transcriptionModelAsSessionModel(String model) {
        String message =
                "Model \"" + model + "\" is a transcription model and cannot be used as the realtime session model";
        return new Refusal(invalid(ErrorCode.INVALID_MODEL, message, null), 4000);
    }

    public static Refusal modelNotFound(String model) {
        String message = "The model `" + model + "` does not exist or you do not have access to it.";
        return new Refusal(invalid("model_not_found", message, null), 4004);
    }

    public static Refusal betaDisabled() {
        String message = "The Realtime Beta API is no longer supported. Please use /v1/realtime for the GA API.";
        return new Refusal(invalid(ErrorCode.BETA_API_SHAPE_DISABLED, message, null), 4000);
    }

    public static Refusal insufficientQuota() {
        return new Refusal(quota(), 1013);
    }

    public static Refusal sessionExpired() {
        String message = "Your session hit the maximum duration of 60 minutes.";
        return new Refusal(invalid(ErrorCode.SESSION_EXPIRED, message, null), 1001);
    }

    /** HTTP 404: a call that is unknown or over. */
    public static ErrorDetail callIdNotFound(String callId) {
        return invalid(ErrorCode.CALL_ID_NOT_FOUND, "No call found for call ID '" + callId + "'.", null);
    }

    /** HTTP 400: {@code POST /v1/realtime/calls} without an offer. */
    public static ErrorDetail missingOffer() {
        return missing("sdp");
    }

    /** HTTP 400. */
    public static ErrorDetail notAnOffer() {
        return invalid("invalid_value", "Invalid 'sdp'. Expected an SDP offer with an audio section.", "sdp");
    }

    /** HTTP 415. */
    public static ErrorDetail unsupportedContentType(String given) {
        return invalid(
                "unsupported_content_type",
                "Unsupported content type. This API method only accepts 'multipart/form-data' or 'application/sdp'"
                        + " requests, but you specified the header 'Content-Type: " + given
                        + "'. Please try again with a supported content type.",
                null);
    }

    // Events that are no events.

    public static ErrorDetail invalidJson() {
        String message = "Invalid event: failed to parse JSON value. Please check the value to ensure it is valid JSON."
                + " (Common errors include trailing commas, missing closing brackets, missing quotation marks, etc.)";
        return invalid(ErrorCode.INVALID_JSON, message, null);
    }

    public static ErrorDetail binaryFrame() {
        String message = "Expected a text WebSocket message; binary frames are not supported.";
        return invalid(ErrorCode.INVALID_EVENT, message, null);
    }

    public static ErrorDetail missingType() {
        return invalid(ErrorCode.INVALID_EVENT, "The 'type' field is missing.", null);
    }

    // State: what the session or the conversation does not allow now.

    public static ErrorDetail activeResponse(String responseId) {
        String message = "Conversation already has an active response in progress: " + responseId
                + ". Wait until the response is finished before creating a new one.";
        return invalid(ErrorCode.CONVERSATION_ALREADY_HAS_ACTIVE_RESPONSE, message, null);
    }

    public static ErrorDetail cancelNotActive() {
        String message = "Cancellation failed: no active response found";
        return invalid(ErrorCode.RESPONSE_CANCEL_NOT_ACTIVE, message, null);
    }

    /** @param millis audio in the buffer */
    public static ErrorDetail commitTooSmall(double millis) {
        String message = String.format(
                Locale.ROOT,
                "Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer"
                        + " only has %.2fms of audio.",
                millis);
        return invalid(ErrorCode.INPUT_AUDIO_BUFFER_COMMIT_EMPTY, message, null);
    }

    public static ErrorDetail truncateBeyondAudio(long hasMillis, long wantedMillis) {
        String message = "Audio content of " + hasMillis + "ms is already shorter than " + wantedMillis + "ms";
        return invalid(ErrorCode.INVALID_VALUE, message, "audio_end_ms");
    }

    public static ErrorDetail truncateNotAssistantAudio() {
        return invalid("unsupported_content_type", "Only model output audio messages can be truncated", null);
    }

    public static ErrorDetail truncateMissingItem(String itemId) {
        return missingItem(ErrorCode.ITEM_TRUNCATE_INVALID_ITEM_ID, "truncating item: the item", itemId);
    }

    public static ErrorDetail deleteMissingItem(String itemId) {
        return missingItem(ErrorCode.ITEM_DELETE_INVALID_ITEM_ID, "deleting item: the item", itemId);
    }

    public static ErrorDetail retrieveMissingItem(String itemId) {
        return missingItem(ErrorCode.ITEM_RETRIEVE_INVALID_ITEM_ID, "retrieving item: the item", itemId);
    }

    public static ErrorDetail unknownPreviousItem(String itemId) {
        return missingItem(ErrorCode.ITEM_CREATE_INVALID_PREVIOUS_ITEM_ID, "adding item: the previous item", itemId);
    }

    public static ErrorDetail duplicateItem(String itemId) {
        String message = "Error adding item: an item with id '" + itemId + "' already exists.";
        return invalid(ErrorCode.ITEM_CREATE_DUPLICATE_ITEM_ID, message, null);
    }

    /** @param index in {@code response.input} */
    public static ErrorDetail unknownReferencedItem(String itemId, int index) {
        String message = "Error adding item: the referenced item with id '" + itemId + "' does not exist.";
        return invalid(ErrorCode.INVALID_VALUE, message, "response.input[" + index + "].id");
    }

    public static ErrorDetail unknownCallId(String callId) {
        String message = "Tool call ID '" + callId + "' not found in conversation.";
        return invalid("invalid_tool_call_id", message, "item.call_id");
    }

    public static ErrorDetail unknownApprovalRequest(String requestId) {
        String message = "Approval request ID '" + requestId + "' not found in conversation.";
        return invalid(ErrorCode.INVALID_VALUE, message, "item.approval_request_id");
    }

    public static ErrorDetail cannotUpdateVoice() {
        String message = "Cannot update a conversation's voice if assistant audio is present.";
        return invalid(ErrorCode.CANNOT_UPDATE_VOICE, message, null);
    }

    public static ErrorDetail cannotUpdateModel() {
        return invalid("cannot_update_model", "Cannot update a session's model.", "session.model");
    }

    public static ErrorDetail cannotUpdateTracing() {
        String message = "Cannot update a session's tracing configuration once tracing is enabled.";
        return invalid("cannot_update_tracing", message, "session.tracing");
    }

    public static ErrorDetail cannotUpdateSpeed() {
        String message = "Cannot update a session's speed while a response is in progress.";
        return invalid("cannot_update_speed", message, "session.audio.output.speed");
    }

    public static ErrorDetail turnDetectionNotSupported() {
        String message = "Turn detection is not supported for this transcription model";
        return invalid(ErrorCode.INVALID_VALUE, message, "session.audio.input.turn_detection");
    }

    /** @param updateKind of the update, not of the session */
    public static ErrorDetail wrongKindOfUpdate(SessionKind updateKind, SessionKind sessionKind) {
        String message = "Passing a " + updateKind.wireName() + " session update event to a " + sessionKind.wireName()
                + " session is not allowed.";
        return invalid(ErrorCode.INVALID_VALUE, message, "session.type");
    }

    /** @param eventType such as {@code response.create} */
    public static ErrorDetail notInTranscription(String eventType) {
        String message = "'" + eventType + "' is not supported in a transcription session.";
        return invalid(ErrorCode.INVALID_VALUE, message, "type");
    }

    public static ErrorDetail conversationTooLong() {
        String message = "Conversation is too long to create a Response.";
        return invalid(ErrorCode.CONVERSATION_TOO_LONG, message, null);
    }

    /** {@code server_error}. */
    public static ErrorDetail serverError(String sessionId) {
        String message = "The server had an error while processing your request. Sorry about that! You can retry your"
                + " request, or contact us through our help center at help.openai.com if the error persists. (Please"
                + " include the session ID " + sessionId + " in your message.)";
        return new ErrorDetail("server_error", null, message, null, null);
    }

    // In the status_details of a failed response, or of a failed transcription.

    /** {@code tokens}: the tokens of a minute are used up. */
    public static ErrorDetail rateLimited(String model, long limit, long used, long requested, double retrySeconds) {
        String message = String.format(
                Locale.ROOT,
                "Rate limit reached for %s in organization org-local on tokens per min (TPM): Limit %d, Used %d,"
                        + " Requested %d. Please try again in %.3fs. Visit"
                        + " https://platform.openai.com/account/rate-limits to learn more.",
                model,
                limit,
                used,
                requested,
                retrySeconds);
        return new ErrorDetail("tokens", ErrorCode.RATE_LIMIT_EXCEEDED, message, null, null);
    }

    /** {@code insufficient_quota}. */
    public static ErrorDetail quota() {
        return new ErrorDetail("insufficient_quota", ErrorCode.INSUFFICIENT_QUOTA, QUOTA_MESSAGE, null, null);
    }

    public static ErrorDetail transcriptionFailed(String itemId) {
        return new ErrorDetail(
                "server_error", null, "Input transcription failed for item '" + itemId + "'.", null, null);
    }

    // The shape of a request.

    static ErrorDetail missing(String path) {
        return invalid(ErrorCode.MISSING_REQUIRED_PARAMETER, "Missing required parameter: '" + path + "'.", path);
    }

    static ErrorDetail unknown(String path) {
        return invalid(ErrorCode.UNKNOWN_PARAMETER, "Unknown parameter: '" + path + "'.", path);
    }

    /** @param expected with its article, such as "a string" */
    static ErrorDetail wrongType(String path, String expected, String found) {
        String message = "Invalid type for '" + path + "': expected " + expected + ", but got " + found + " instead.";
        return invalid("invalid_type", message, path);
    }

    static ErrorDetail notSupported(String path, String value, List<String> supported) {
        String allowed = supported.size() == 1
                ? "Value must be '" + supported.get(0) + "'."
                : "Supported values are: " + listed(supported) + ".";
        return invalid(ErrorCode.INVALID_VALUE, "Invalid value: '" + value + "'. " + allowed, path);
    }

    static ErrorDetail unsupportedOption(String path) {
        return invalid(ErrorCode.INVALID_VALUE, "Unsupported option for this model", path);
    }

    /** @param noun {@code integer} or {@code decimal} */
    static ErrorDetail belowMin(String path, String noun, String least, String found) {
        String message = "Invalid '" + path + "': " + noun + " below minimum value. Expected a value >= " + least
                + ", but got " + found + " instead.";
        return invalid(noun + "_below_min_value", message, path);
    }

    /** @param noun {@code integer} or {@code decimal} */
    static ErrorDetail aboveMax(String path, String noun, String most, String found) {
        String message = "Invalid '" + path + "': " + noun + " above maximum value. Expected a value <= " + most
                + ", but got " + found + " instead.";
        return invalid(noun + "_above_max_value", message, path);
    }

    static ErrorDetail stringTooLong(String path, int most, int found) {
        String message = "Invalid '" + path + "': string too long. Expected a string with maximum length " + most
                + ", but got a string with length " + found + " instead.";
        return invalid("string_above_max_length", message, path);
    }

    static ErrorDetail emptyString(String path) {
        String message = "Invalid '" + path
                + "': empty string. Expected a string with minimum length 1, but got an empty string instead.";
        return invalid("empty_string", message, path);
    }

    static ErrorDetail emptyArray(String path) {
        String message = "Invalid '" + path
                + "': empty array. Expected an array with minimum length 1, but got an empty array instead.";
        return invalid("empty_array", message, path);
    }

    static ErrorDetail patternMismatch(String path, String pattern) {
        String message = "Invalid '" + path
                + "': string does not match pattern. Expected a string that matches the pattern '" + pattern + "'.";
        return invalid(ErrorCode.INVALID_VALUE, message, path);
    }

    static ErrorDetail tooManyProperties(String path, int most, int found) {
        String message = "Invalid '" + path + "': too many properties. Expected an object with at most " + most
                + " properties, but got an object with " + found + " properties instead.";
        return invalid("object_above_max_properties", message, path);
    }

    static ErrorDetail propertyNameTooLong(String path, int most, int found) {
        String message = "Invalid property name in '" + path + "': string too long. Expected a property name with"
                + " maximum length " + most + ", but got a property name with length " + found + " instead.";
        return invalid("property_name_above_max_length", message, path);
    }

    static ErrorDetail notAudio(String path, boolean empty) {
        String message = "Invalid '" + path + "'. Expected base64-encoded audio bytes (mono PCM16 at 24kHz) but got "
                + (empty ? "empty bytes." : "an invalid value.");
        return invalid(ErrorCode.INVALID_VALUE, message, path);
    }

    static ErrorDetail modalities(String path, List<String> found) {
        String message = "Invalid modalities: "
                + found.stream().map(each -> "'" + each + "'").collect(Collectors.joining(", ", "[", "]"))
                + ". Supported combinations are: ['text'] and ['audio'].";
        return invalid(ErrorCode.INVALID_VALUE, message, path);
    }

    static ErrorDetail invalid(String code, String message, @Nullable String param) {
        return invalid(new ErrorCode(code), message, param);
    }

    private static ErrorDetail invalid(@Nullable ErrorCode code, String message, @Nullable String param) {
        return new ErrorDetail(INVALID_REQUEST, code, message, param, null);
    }

    private static ErrorDetail missingItem(ErrorCode code, String what, String itemId) {
        return invalid(code, "Error " + what + " with id '" + itemId + "' does not exist.", null);
    }

    private static String listed(List<String> values) {
        List<String> quoted = values.stream().map(each -> "'" + each + "'").toList();
        int last = quoted.size() - 1;
        if (last == 1) {
            return quoted.get(0) + " and " + quoted.get(1);
        }
        return String.join(", ", quoted.subList(0, last)) + ", and " + quoted.get(last);
    }

    private static String masked(String key) {
        if (key.length() < 16) {
            return "*".repeat(key.length());
        }
        int shown = key.startsWith("sk-proj-") ? 8 : 3;
        return key.substring(0, shown) + "***" + key.substring(key.length() - 4);
    }
}
