package io.github.realtime4j.server.validation;

import static io.github.realtime4j.server.validation.Shape.array;
import static io.github.realtime4j.server.validation.Shape.object;
import static io.github.realtime4j.server.validation.Shape.oneOf;
import static io.github.realtime4j.server.validation.Shape.string;
import static io.github.realtime4j.server.validation.Shape.tagged;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.server.validation.Shape.AnyObject;
import io.github.realtime4j.server.validation.Shape.Audio;
import io.github.realtime4j.server.validation.Shape.Flag;
import io.github.realtime4j.server.validation.Shape.Members;
import io.github.realtime4j.server.validation.Shape.Tagged;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Conversation items as a client may send them. */
final class ItemShapes {
    private static final Audio AUDIO = new Audio(EventShapes.MAX_AUDIO_BYTES);
    private static final Members ANY_ITEM =
            object().nullable("id", string()).nullable("object", oneOf("realtime.item"));
    private static final Members WITH_STATUS =
            ANY_ITEM.nullable("status", oneOf("completed", "incomplete", "in_progress"));

    private static final Members INPUT_TEXT = object().required("text", string());
    private static final Members INPUT_AUDIO = object().required("audio", AUDIO).nullable("transcript", string());
    private static final Members INPUT_IMAGE = object().nullable("image_url", string())
            .nullable("file_id", string())
            .nullable("detail", oneOf("auto", "low", "high"))
            .rule(ItemShapes::imageSource);
    private static final Members OUTPUT_TEXT = object().required("text", string());
    private static final Members OUTPUT_AUDIO =
            object().nullable("audio", AUDIO).nullable("transcript", string());

    private static final Members MESSAGE = WITH_STATUS.nullable("phase", oneOf("commentary", "final_answer"));
    private static final Tagged MESSAGES = tagged(
            "role",
            "user",
            message(tagged("type", "input_text", INPUT_TEXT, "input_audio", INPUT_AUDIO, "input_image", INPUT_IMAGE)),
            "assistant",
            message(tagged("type", "output_text", OUTPUT_TEXT, "output_audio", OUTPUT_AUDIO)),
            "system",
            message(tagged("type", "input_text", INPUT_TEXT)));

    /** {@code item} of {@code conversation.item.create}. */
    static final Tagged ITEM = tagged(
            "type",
            "message",
            MESSAGES,
            "function_call",
            WITH_STATUS.nullable("call_id", string()).required("name", string()).required("arguments", string()),
            "function_call_output",
            WITH_STATUS.required("call_id", string()).required("output", string()),
            "mcp_approval_response",
            ANY_ITEM.required("approval_request_id", string())
                    .required("approve", new Flag())
                    .nullable("reason", string()),
            "mcp_list_tools",
            ANY_ITEM.required("server_label", string()).required("tools", array(new AnyObject())),
            "mcp_call",
            ANY_ITEM.required("server_label", string())
                    .required("name", string())
                    .required("arguments", string())
                    .nullable("approval_request_id", string())
                    .nullable("output", string())
                    .nullable("error", new AnyObject()),
            "mcp_approval_request",
            ANY_ITEM.required("server_label", string())
                    .required("name", string())
                    .required("arguments", string()));

    /** One of {@code response.input}: an item, or a reference to one. */
    static final Tagged INPUT = withReference();

    private ItemShapes() {}

    private static Members message(Shape part) {
        return MESSAGE.required("content", array(part));
    }

    private static Tagged withReference() {
        Map<String, Shape> variants = new LinkedHashMap<>(ITEM.variants());
        variants.put("item_reference", object().required("id", string()));
        return new Tagged("type", variants);
    }

    private static @Nullable ErrorDetail imageSource(JsonObject image, String path, SessionFacts facts) {
        boolean url = image.get("image_url") instanceof JsonString;
        boolean file = image.get("file_id") instanceof JsonString;
        return url || file ? null : ServiceErrors.missing(path + ".image_url");
    }
}
