package io.github.realtime4j.history;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ContentPart;
import org.jspecify.annotations.Nullable;

/** One part of a message, patched by the events that name its index. */
final class GrowingPart {
    private final Words words = new Words();

    /** What kind of part it is, without audio and without words. */
    private ContentPart kind;

    private boolean closed;
    private boolean truncated;

    GrowingPart(ContentPart kind) {
        this.kind = bare(kind);
    }

    boolean isInputAudio() {
        return kind instanceof ContentPart.InputAudio;
    }

    boolean isSilent() {
        return words.isEmpty();
    }

    /** The next piece of what the model says; nothing comes after the whole. */
    void appendOutput(String delta) {
        if (!closed) {
            appendInput(delta);
        }
    }

    /** The next piece of what the user says, which comes long after the item is done. */
    void appendInput(String delta) {
        if (!truncated) {
            words.append(delta);
        }
    }

    void setWords(String whole) {
        closed = true;
        if (!truncated) {
            words.set(whole);
        }
    }

    /**
     * The part as an item or a {@code content_part} event tells it. Words that are known are not lost to a telling
     * without words: user audio is done with a null transcript, and some servers leave the content out.
     *
     * @param last whether this is the whole of it
     */
    void told(ContentPart part, boolean last) {
        kind = bare(part);
        String told = words(part);
        boolean says = told != null && !told.isEmpty();
        if (!truncated && (words.isEmpty() ? told != null : last && says)) {
            words.set(told);
        }
        closed |= last;
    }

    /** Forgets the words, as the server does, and takes no more. */
    void truncate() {
        words.set(null);
        truncated = true;
    }

    ContentPart part() {
        String text = words.text();
        if (kind instanceof ContentPart.InputText part) {
            return new ContentPart.InputText(text == null ? "" : text, part.extra());
        } else if (kind instanceof ContentPart.OutputText part) {
            return new ContentPart.OutputText(text == null ? "" : text, part.extra());
        } else if (kind instanceof ContentPart.InputAudio part) {
            return new ContentPart.InputAudio(null, text, part.extra());
        } else if (kind instanceof ContentPart.OutputAudio part) {
            return new ContentPart.OutputAudio(null, text, part.extra());
        }
        return kind;
    }

    private static @Nullable String words(ContentPart part) {
        if (part instanceof ContentPart.InputAudio speech) {
            return speech.transcript();
        } else if (part instanceof ContentPart.OutputAudio speech) {
            return speech.transcript();
        } else if (part instanceof ContentPart.Audio speech) {
            return speech.transcript();
        }
        return part.text();
    }

    /** The kind as items name it, without what is large. */
    private static ContentPart bare(ContentPart part) {
        if (part instanceof ContentPart.Text) {
            return new ContentPart.OutputText("");
        } else if (part instanceof ContentPart.Audio) {
            return new ContentPart.OutputAudio(null, null, JsonObject.EMPTY);
        } else if (part instanceof ContentPart.InputText text) {
            return new ContentPart.InputText("", text.extra());
        } else if (part instanceof ContentPart.OutputText text) {
            return new ContentPart.OutputText("", text.extra());
        } else if (part instanceof ContentPart.InputAudio speech) {
            return new ContentPart.InputAudio(null, null, speech.extra());
        } else if (part instanceof ContentPart.OutputAudio speech) {
            return new ContentPart.OutputAudio(null, null, speech.extra());
        } else if (part instanceof ContentPart.InputImage image) {
            return withoutPixels(image);
        } else if (part instanceof ContentPart.Unknown unknown && unknown.json() instanceof JsonObject json) {
            return new ContentPart.Unknown(json.without("audio"));
        }
        return part;
    }

    private static ContentPart withoutPixels(ContentPart.InputImage image) {
        String url = image.imageUrl();
        boolean holdsPixels = url != null && url.regionMatches(true, 0, "data:", 0, 5);
        return holdsPixels ? new ContentPart.InputImage(null, image.fileId(), image.detail(), image.extra()) : image;
    }
}
