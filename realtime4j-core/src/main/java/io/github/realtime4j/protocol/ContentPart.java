package io.github.realtime4j.protocol;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** One part of a message. Items say {@code output_text}, the {@code content_part} events say {@code text}. */
public sealed interface ContentPart {

    /** What is written or said in it; empty for images and for speech without a transcript. */
    default String text() {
        return "";
    }

    /** {@code input_text}: from the user or the system. */
    record InputText(String text, JsonObject extra) implements ContentPart {
        public InputText(String text) {
            this(text, JsonObject.EMPTY);
        }
    }

    /** {@code input_audio}: from the user, in the session's input format. */
    record InputAudio(@Nullable AudioBytes audio, @Nullable String transcript, JsonObject extra)
            implements ContentPart {
        public InputAudio(AudioBytes audio) {
            this(audio, null, JsonObject.EMPTY);
        }

        @Override
        public String text() {
            return transcript == null ? "" : transcript;
        }
    }

    /**
     * {@code input_image}: from the user.
     *
     * @param imageUrl {@code data:image/png;base64,…} or JPEG
     * @param detail {@code auto}, {@code low} or {@code high}
     */
    record InputImage(
            @Nullable String imageUrl,
            @Nullable String fileId,
            @Nullable String detail,
            JsonObject extra) implements ContentPart {
        public InputImage(String imageUrl) {
            this(imageUrl, null, null, JsonObject.EMPTY);
        }

        /** @param mediaType {@code image/png} or {@code image/jpeg} */
        public static InputImage of(String mediaType, byte[] image) {
            return new InputImage(
                    "data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(image));
        }
    }

    /** {@code output_text}: from the model. */
    record OutputText(String text, JsonObject extra) implements ContentPart {
        public OutputText(String text) {
            this(text, JsonObject.EMPTY);
        }
    }

    /** {@code output_audio}: from the model; the audio itself only when retrieved. */
    record OutputAudio(@Nullable AudioBytes audio, @Nullable String transcript, JsonObject extra)
            implements ContentPart {
        @Override
        public String text() {
            return transcript == null ? "" : transcript;
        }
    }

    /** {@code text}: {@code output_text} as the {@code content_part} events say it. */
    record Text(String text) implements ContentPart {}

    /** {@code audio}: {@code output_audio} as the {@code content_part} events say it. */
    record Audio(@Nullable AudioBytes audio, @Nullable String transcript) implements ContentPart {
        @Override
        public String text() {
            return transcript == null ? "" : transcript;
        }
    }

    /** A kind of content that this library does not know. */
    record Unknown(JsonValue json) implements ContentPart {}
}
