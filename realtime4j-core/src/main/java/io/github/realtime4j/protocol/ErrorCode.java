package io.github.realtime4j.protocol;

/** Why something was refused, as a word for programs. The set is open: these are the ones that programs decide by. */
public record ErrorCode(String value) {
    public static final ErrorCode CONVERSATION_ALREADY_HAS_ACTIVE_RESPONSE =
            new ErrorCode("conversation_already_has_active_response");
    public static final ErrorCode RESPONSE_CANCEL_NOT_ACTIVE = new ErrorCode("response_cancel_not_active");
    public static final ErrorCode INPUT_AUDIO_BUFFER_COMMIT_EMPTY = new ErrorCode("input_audio_buffer_commit_empty");
    public static final ErrorCode INVALID_VALUE = new ErrorCode("invalid_value");
    public static final ErrorCode INVALID_EVENT = new ErrorCode("invalid_event");
    public static final ErrorCode INVALID_JSON = new ErrorCode("invalid_json");
    public static final ErrorCode UNKNOWN_PARAMETER = new ErrorCode("unknown_parameter");
    public static final ErrorCode MISSING_REQUIRED_PARAMETER = new ErrorCode("missing_required_parameter");
    public static final ErrorCode INVALID_API_KEY = new ErrorCode("invalid_api_key");
    public static final ErrorCode INVALID_MODEL = new ErrorCode("invalid_model");
    public static final ErrorCode MISSING_MODEL = new ErrorCode("missing_model");
    public static final ErrorCode INSUFFICIENT_QUOTA = new ErrorCode("insufficient_quota");
    public static final ErrorCode INSUFFICIENT_PERMISSIONS = new ErrorCode("insufficient_permissions");
    public static final ErrorCode BETA_API_SHAPE_DISABLED = new ErrorCode("beta_api_shape_disabled");
    public static final ErrorCode RATE_LIMIT_EXCEEDED = new ErrorCode("rate_limit_exceeded");
    public static final ErrorCode SESSION_EXPIRED = new ErrorCode("session_expired");
    public static final ErrorCode CONVERSATION_TOO_LONG = new ErrorCode("conversation_too_long");
    public static final ErrorCode CANNOT_UPDATE_VOICE = new ErrorCode("cannot_update_voice");
    public static final ErrorCode CALL_ID_NOT_FOUND = new ErrorCode("call_id_not_found");
    public static final ErrorCode ITEM_TRUNCATE_INVALID_ITEM_ID = new ErrorCode("item_truncate_invalid_item_id");
    public static final ErrorCode ITEM_DELETE_INVALID_ITEM_ID = new ErrorCode("item_delete_invalid_item_id");
    public static final ErrorCode ITEM_RETRIEVE_INVALID_ITEM_ID = new ErrorCode("item_retrieve_invalid_item_id");
    public static final ErrorCode ITEM_CREATE_INVALID_PREVIOUS_ITEM_ID =
            new ErrorCode("item_create_invalid_previous_item_id");
    public static final ErrorCode ITEM_CREATE_DUPLICATE_ITEM_ID = new ErrorCode("item_create_duplicate_item_id");

    @Override
    public String toString() {
        return value;
    }
}
