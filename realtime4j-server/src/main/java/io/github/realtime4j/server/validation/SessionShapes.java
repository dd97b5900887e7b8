package io.github.realtime4j.server.validation;

import static io.github.realtime4j.server.validation.Shape.array;
import static io.github.realtime4j.server.validation.Shape.choice;
import static io.github.realtime4j.server.validation.Shape.decimal;
import static io.github.realtime4j.server.validation.Shape.integer;
import static io.github.realtime4j.server.validation.Shape.object;
import static io.github.realtime4j.server.validation.Shape.oneOf;
import static io.github.realtime4j.server.validation.Shape.string;
import static io.github.realtime4j.server.validation.Shape.tagged;

import io.github.realtime4j.server.usage.ModelCard.Use;
import io.github.realtime4j.server.usage.Models;
import io.github.realtime4j.server.validation.Shape.AnyObject;
import io.github.realtime4j.server.validation.Shape.Flag;
import io.github.realtime4j.server.validation.Shape.Members;
import io.github.realtime4j.server.validation.Shape.Refused;
import io.github.realtime4j.server.validation.Shape.Tagged;

/** {@code session} of {@code session.update} and of the REST bodies. */
final class SessionShapes {
    static final Tagged FORMAT = tagged(
            "type",
            "audio/pcm",
            object().with("rate", integer(24_000, 24_000)),
            "audio/pcmu",
            object(),
            "audio/pcma",
            object());
    static final Shape VOICE = choice(
            oneOf("alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar"),
            object().required("id", string()));

    private static final Shape EFFORT = oneOf("minimal", "low", "medium", "high", "xhigh");
    private static final Members TRANSCRIPTION = object().with("model", oneOf(Models.names(Use.TRANSCRIPTION)))
            .nullable("language", string())
            .nullable("prompt", string())
            .nullable("languages", new Shape.Array(string(), 1))
            .nullable("keywords", array(string()))
            .nullable("delay", EFFORT)
            .rule(SessionRules::transcriptionOptions);
    private static final Members NOISE_REDUCTION = object().required("type", oneOf("near_field", "far_field"));
    private static final Members ANY_VAD =
            object().with("create_response", new Flag()).with("interrupt_response", new Flag());
    private static final Tagged TURN_DETECTION = tagged(
            "type",
            "server_vad",
            ANY_VAD.with("threshold", decimal("0", "1"))
                    .with("prefix_padding_ms", integer(0))
                    .with("silence_duration_ms", integer(0))
                    .nullable("idle_timeout_ms", integer(5_000, 30_000)),
            "semantic_vad",
            ANY_VAD.with("eagerness", oneOf("low", "medium", "high", "auto")));
    private static final Members INPUT = object().with("format", FORMAT)
            .nullable("transcription", TRANSCRIPTION)
            .nullable("noise_reduction", NOISE_REDUCTION)
            .nullable("turn_detection", TURN_DETECTION);
    private static final Members OUTPUT =
            object().with("format", FORMAT).with("voice", VOICE).with("speed", decimal("0.25", "1.5"));
    private static final Shape INCLUDE = array(oneOf("item.input_audio_transcription.logprobs"));

    private static final Members REALTIME = shared().with("model", string())
            .with("audio", object().with("input", INPUT).with("output", OUTPUT))
            .with(
                    "truncation",
                    choice(
                            oneOf("auto", "disabled"),
                            tagged(
                                    "type",
                                    "retention_ratio",
                                    object().required("retention_ratio", decimal("0", "1"))
                                            .nullable("token_limits", object().with("post_instructions", integer(0))))))
            .nullable(
                    "tracing",
                    choice(
                            oneOf("auto"),
                            object().with("workflow_name", string())
                                    .with("group_id", string())
                                    .with("metadata", new AnyObject())))
            .nullable("include", INCLUDE);
    private static final Members TRANSCRIPTION_SESSION = object().with(
                    "audio", object().with("input", INPUT.rule(SessionRules::noTurnDetection)))
            .nullable("include", INCLUDE);
    private static final Members TRANSLATION = object().with(
                    "audio",
                    object().with(
                                    "input",
                                    object().nullable(
                                                    "transcription",
                                                    object().required("model", oneOf(Models.names(Use.TRANSCRIPTION))))
                                            .nullable("noise_reduction", NOISE_REDUCTION))
                            .with("output", object().with("language", string())));

    private SessionShapes() {}

    static Shape inUpdate(SessionKind kind) {
        return switch (kind) {
            case TRANSLATION -> TRANSLATION;
            case REALTIME ->
                tagged("type", "realtime", REALTIME.rule(SessionRules::sameModel), "transcription", other(kind));
            case TRANSCRIPTION -> tagged("type", "realtime", other(kind), "transcription", TRANSCRIPTION_SESSION);
        };
    }

    static Shape inRequest(SessionKind kind) {
        return kind == SessionKind.TRANSLATION
                ? TRANSLATION.required("model", string())
                : tagged("type", "realtime", REALTIME, "transcription", TRANSCRIPTION_SESSION);
    }

    static Shape clientSecret(SessionKind kind) {
        Members body = object().nullable(
                        "expires_after",
                        object().with("anchor", oneOf("created_at")).with("seconds", integer(10, 7_200)));
        return kind == SessionKind.TRANSLATION
                ? body.required("session", inRequest(kind))
                : body.with("session", inRequest(kind));
    }

    /** What sessions and responses both have. */
    static Members shared() {
        return object().with("output_modalities", array(oneOf("text", "audio")))
                .with("instructions", string())
                .with("tools", array(ToolShapes.TOOL))
                .with("tool_choice", ToolShapes.TOOL_CHOICE)
                .with("parallel_tool_calls", new Flag())
                .with("reasoning", object().with("effort", EFFORT))
                .with("max_output_tokens", choice(integer(1, 4_096), oneOf("inf")))
                .nullable("prompt", ToolShapes.PROMPT)
                .rule(SessionRules::oneModality)
                .rule(SessionRules::reasoningModel);
    }

    private static Refused other(SessionKind kind) {
        SessionKind update = kind == SessionKind.REALTIME ? SessionKind.TRANSCRIPTION : SessionKind.REALTIME;
        return new Refused((session, path, facts) -> ServiceErrors.wrongKindOfUpdate(update, kind));
    }
}
