package io.github.realtime4j.server.respond;

import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.server.ResponseRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a response has to answer.
 *
 * @param request it comes from
 * @param words of the user that nobody has answered; empty if there are none
 * @param heard length of speech without words; null if there is none
 * @param images that came with the words
 * @param earlier what the user said before, oldest first, written or spoken in words
 * @param lastAnswer what the assistant said last; empty before that
 * @param outputs of tools that nobody has put into words
 * @param called names of tools called since the user spoke
 */
record Turn(
        ResponseRequest request,
        String words,
        @Nullable String heard,
        List<ContentPart.InputImage> images,
        List<String> earlier,
        String lastAnswer,
        List<ToolOutput> outputs,
        Set<String> called) {

    /** Characters of a message that the rules look at: more would cost time and tell them nothing. */
    private static final int MAX_WORDS = 1_000;

    /** What came of one call. */
    record ToolOutput(String name, String arguments, String output) {}

    static Turn of(ResponseRequest request) {
        return new Reader(request).read();
    }

    String instructions() {
        return request.instructions();
    }

    /** Instructions that were given for this response alone. */
    boolean hasOwnInstructions() {
        return request.config().instructions() != null;
    }

    boolean isFirst() {
        return earlier.isEmpty() && lastAnswer.isEmpty();
    }

    Turn withWords(String others) {
        return new Turn(request, others, null, List.of(), earlier, lastAnswer, outputs, called);
    }

    /** Walks the items once, forgetting what has been answered. */
    private static final class Reader {
        private final ResponseRequest request;
        private final List<String> said = new ArrayList<>();
        private final List<ContentPart.InputImage> images = new ArrayList<>();
        private final List<ToolOutput> outputs = new ArrayList<>();
        private final Set<String> called = new HashSet<>();
        private final List<Item.FunctionCall> calls = new ArrayList<>();
        private String words = "";
        private @Nullable String heard;
        private String lastAnswer = "";

        Reader(ResponseRequest request) {
            this.request = request;
        }

        Turn read() {
            for (Item item : request.items()) {
                if (item instanceof Item.Message message) {
                    message(message);
                } else if (item instanceof Item.FunctionCall call) {
                    calls.add(call);
                    called.add(call.name());
                } else if (item instanceof Item.FunctionCallOutput output) {
                    outputs.add(toolOutput(output));
                } else if (item instanceof Item.McpCall call) {
                    called.add(call.name());
                    String text = call.output() == null ? "" : call.output();
                    outputs.add(new ToolOutput(call.name(), call.arguments(), text));
                }
            }
            List<String> earlier = words.isEmpty() ? said : said.subList(0, said.size() - 1);
            return new Turn(
                    request,
                    words,
                    heard,
                    List.copyOf(images),
                    List.copyOf(earlier),
                    lastAnswer,
                    List.copyOf(outputs),
                    Set.copyOf(called));
        }

        private void message(Item.Message message) {
            if (message.role().equals(Item.Role.USER)) {
                user(message);
            } else if (message.role().equals(Item.Role.ASSISTANT) && !"commentary".equals(message.phase())) {
                lastAnswer = message.text().isBlank() ? lastAnswer : message.text();
                words = "";
                heard = null;
                images.clear();
                outputs.clear();
                called.clear();
            }
        }

        private void user(Item.Message message) {
            outputs.clear();
            called.clear();
            StringBuilder text = new StringBuilder();
            for (ContentPart part : message.content()) {
                String length = part instanceof ContentPart.InputAudio audio ? SpeechHeard.length(audio) : null;
                if (length != null) {
                    heard = length;
                } else if (part instanceof ContentPart.InputImage image) {
                    images.add(image);
                } else {
                    text.append(text.isEmpty() ? "" : " ").append(part.text());
                }
            }
            if (!text.toString().isBlank()) {
                String all = text.toString().strip();
                words = all.substring(0, Math.min(all.length(), MAX_WORDS));
                said.add(words);
                heard = null;
            }
        }

        private ToolOutput toolOutput(Item.FunctionCallOutput output) {
            for (Item.FunctionCall call : calls) {
                if (output.callId().equals(call.callId())) {
                    return new ToolOutput(call.name(), call.arguments(), output.output());
                }
            }
            return new ToolOutput("", "{}", output.output());
        }
    }
}
