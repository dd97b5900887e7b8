package io.github.realtime4j.server.usage;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Tool;
import io.github.realtime4j.protocol.TranscriptionUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What things weigh. User audio is one token per 100 ms and assistant audio one per 50 ms, both rounded down for each
 * item, as recorded; text is counted approximately. The small additions are solved from recorded usage: 2 for
 * instructions and for a written message, 6 for a spoken one, 10 for a function call, 7 for its output, 12 for having
 * tools and 10 for each; what is spoken bills about 1.4 text tokens for one of its transcript.
 *
 * <p>Images follow the published rule for {@code gpt-4o}, for want of one for realtime models: 85, and unless the
 * detail is low 170 more for each square of 512 pixels after scaling.
 */
public final class TokenCounter {
    private static final int USER_MILLIS_PER_TOKEN = 100;
    private static final int ASSISTANT_MILLIS_PER_TOKEN = 50;
    private static final int TEXT_OVERHEAD = 2;
    private static final int SPEECH_OVERHEAD = 6;
    private static final int CALL_OVERHEAD = 10;
    private static final int CALL_OUTPUT_OVERHEAD = 7;
    private static final int TOOLS_OVERHEAD = 12;
    private static final int TOOL_OVERHEAD = 10;

    private TokenCounter() {}

    public static int text(String text) {
        return TextTokens.count(text);
    }

    public static int userAudio(long millis) {
        return (int) (millis / USER_MILLIS_PER_TOKEN);
    }

    public static int assistantAudio(long millis) {
        return (int) (millis / ASSISTANT_MILLIS_PER_TOKEN);
    }

    public static Tokens instructions(String instructions) {
        return instructions.isEmpty() ? Tokens.NONE : Tokens.text(text(instructions) + TEXT_OVERHEAD);
    }

    public static Tokens tools(List<Tool> tools) {
        int tokens = tools.isEmpty() ? 0 : TOOLS_OVERHEAD;
        for (Tool tool : tools) {
            tokens += TOOL_OVERHEAD;
            if (tool instanceof Tool.Function function) {
                tokens += text(String.valueOf(function.name())) + optional(function.description());
                tokens += function.parameters() == null ? 0 : schema(function.parameters());
            } else if (tool instanceof Tool.Mcp mcp) {
                tokens += text(mcp.serverLabel()) + optional(mcp.serverDescription());
            }
        }
        return Tokens.text(tokens);
    }

    /**
     * An item as part of the input.
     *
     * @param asAudio assistant speech still counts as audio, not as its transcript
     */
    public static Tokens input(ContextItem entry, boolean asAudio) {
        Item item = entry.item();
        if (item instanceof Item.Message message) {
            return message.role().equals(Item.Role.ASSISTANT)
                    ? assistant(message, entry, asAudio)
                    : user(message, entry.audioMillis());
        }
        return output(item, entry.audioMillis());
    }

    /** An item as part of the output, where the transcript is billed beside the audio. */
    public static Tokens output(Item item, long audioMillis) {
        if (item instanceof Item.Message message) {
            int text = text(message.text());
            if (audioMillis == 0) {
                return Tokens.text(text + TEXT_OVERHEAD);
            }
            return new Tokens(text * 7 / 5 + SPEECH_OVERHEAD - 1, assistantAudio(audioMillis), 0);
        } else if (item instanceof Item.FunctionCall call) {
            return Tokens.text(text(call.name()) + text(call.arguments()) + CALL_OVERHEAD);
        } else if (item instanceof Item.McpCall call) {
            return Tokens.text(text(call.name()) + text(call.arguments()) + optional(call.output()) + CALL_OVERHEAD);
        } else if (item instanceof Item.FunctionCallOutput output) {
            return Tokens.text(text(output.output()) + CALL_OUTPUT_OVERHEAD);
        } else if (item instanceof Item.McpListTools list) {
            int tokens = TOOL_OVERHEAD;
            for (Item.McpTool tool : list.tools()) {
                tokens += TOOL_OVERHEAD + text(tool.name()) + optional(tool.description()) + schema(tool.inputSchema());
            }
            return Tokens.text(tokens);
        }
        return Tokens.NONE;
    }

    /** Of one transcribed turn. */
    public static TranscriptionUsage transcription(ModelCard model, long audioMillis, String transcript) {
        if (model.billedByDuration()) {
            return new TranscriptionUsage.Duration(Math.ceil(audioMillis / 1_000.0));
        }
        int input = userAudio(audioMillis);
        int output = text(transcript);
        return new TranscriptionUsage.Tokens(
                input + output, input, new TranscriptionUsage.InputTokenDetails(0, input), output);
    }

    private static Tokens user(Item.Message message, long audioMillis) {
        int text = 0;
        int image = 0;
        boolean spoken = false;
        for (ContentPart part : message.content()) {
            if (part instanceof ContentPart.InputAudio) {
                spoken = true;
            } else if (part instanceof ContentPart.InputImage picture) {
                image += image(picture);
            } else {
                text += text(part.text());
            }
        }
        int overhead = spoken ? SPEECH_OVERHEAD : TEXT_OVERHEAD;
        return new Tokens(text + overhead, spoken ? userAudio(audioMillis) : 0, image);
    }

    private static Tokens assistant(Item.Message message, ContextItem entry, boolean asAudio) {
        int audio = entry.truncated() || asAudio ? assistantAudio(entry.audioMillis()) : 0;
        int text = entry.truncated() || audio > 0 ? 0 : text(message.text());
        return new Tokens(text + TEXT_OVERHEAD, audio, 0);
    }

    private static int image(ContentPart.InputImage image) {
        ImageSize size = image.imageUrl() == null ? null : ImageSize.of(image.imageUrl());
        if (size == null || "low".equals(image.detail())) {
            return 85;
        }
        double fit = Math.min(1, 2_048.0 / Math.max(size.width(), size.height()));
        double scale = fit * Math.min(1, 768.0 / (fit * Math.min(size.width(), size.height())));
        long across = (long) Math.ceil(Math.floor(size.width() * scale) / 512);
        long down = (long) Math.ceil(Math.floor(size.height() * scale) / 512);
        return (int) (85 + 170 * Math.max(1, across) * Math.max(1, down));
    }

    /** Names, descriptions and allowed values; brackets and types are nearly free. */
    private static int schema(JsonObject schema) {
        int tokens = optional(schema.string("description"));
        JsonObject properties = schema.object("properties");
        if (properties != null) {
            for (var property : properties.members().entrySet()) {
                tokens += text(property.getKey()) + TEXT_OVERHEAD;
                tokens += property.getValue() instanceof JsonObject nested ? schema(nested) : 0;
            }
        }
        for (JsonValue allowed : schema.array("enum")) {
            tokens += text(allowed.toString());
        }
        JsonObject items = schema.object("items");
        return tokens + (items == null ? 0 : schema(items));
    }

    private static int optional(@Nullable String text) {
        return text == null ? 0 : text(text);
    }
}
