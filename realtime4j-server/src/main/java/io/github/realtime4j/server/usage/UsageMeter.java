package io.github.realtime4j.server.usage;

import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Tool;
import io.github.realtime4j.protocol.Truncation;
import io.github.realtime4j.protocol.Usage;
import io.github.realtime4j.server.usage.Context.Piece;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Weighs and bills the responses of one session: {@link #measure} before a response, {@link #usage} after it. Not safe
 * for concurrent use.
 *
 * <p>The prompt cache holds what the last billed response read and wrote. Of the next prompt the longest prefix that is
 * still the same is cached, each kind in whole multiples of 64 tokens. Other instructions or tools, or an early item
 * that is deleted, truncated or turned from speech into text, end the prefix there.
 *
 * <p>Assistant speech: the models without reasoning read their latest spoken message as audio and older ones as text;
 * the reasoning models read text only.
 */
public final class UsageMeter {
    private static final int CACHE_BLOCK = 64;

    private final ModelCard model;
    private List<Piece> cached = List.of();
    private Set<String> cachedOutputs = Set.of();

    public UsageMeter(ModelCard model) {
        this.model = model;
    }

    /**
     * @param items that the response would see, in order
     */
    public Context measure(String instructions, List<Tool> tools, List<ContextItem> items, Truncation truncation) {
        Tokens prompt = TokenCounter.instructions(instructions).plus(TokenCounter.tools(tools));
        List<Piece> pieces = pieces(items);
        int total = pieces.stream().mapToInt(piece -> piece.tokens().total()).sum();
        ContextLimit limit = ContextLimit.of(model, truncation, prompt.total());
        int dropped = limit.isExceededBy(total) ? dropped(items, pieces, total, limit.target()) : 0;
        List<Piece> kept = pieces.subList(dropped, pieces.size());
        int left = kept.stream().mapToInt(piece -> piece.tokens().total()).sum();
        List<Piece> all = new ArrayList<>();
        all.add(new Piece("", Objects.hash(instructions, tools), prompt));
        all.addAll(kept);
        Tokens tokens = all.stream().map(Piece::tokens).reduce(Tokens.NONE, Tokens::plus);
        return new Context(items.subList(dropped, items.size()), tokens, dropped, limit.isExceededBy(left), all);
    }

    /**
     * Bills one response; the cache then holds it.
     *
     * @param outputs items that the response produced, with their audio
     * @param cancelled such a response is billed without the cache's discount
     */
    public Usage usage(Context input, List<ContextItem> outputs, boolean cancelled) {
        Tokens output = outputs.stream()
                .map(each -> TokenCounter.output(each.item(), each.audioMillis()))
                .reduce(Tokens.NONE, Tokens::plus);
        Tokens discount = cancelled ? Tokens.NONE : cachedOf(input);
        cached = input.pieces();
        cachedOutputs = new HashSet<>();
        outputs.forEach(each -> cachedOutputs.add(String.valueOf(each.item().id())));
        Tokens tokens = input.tokens();
        return new Usage(
                tokens.total() + output.total(),
                tokens.total(),
                output.total(),
                new Usage.InputTokenDetails(
                        tokens.text(),
                        tokens.audio(),
                        tokens.image(),
                        discount.total(),
                        new Usage.CachedTokensDetails(discount.text(), discount.audio(), discount.image())),
                new Usage.OutputTokenDetails(output.text(), output.audio(), null));
    }

    /** For a response that ended before it had read anything. */
    public static Usage none() {
        return new Usage(
                0,
                0,
                0,
                new Usage.InputTokenDetails(0, 0, 0, 0, new Usage.CachedTokensDetails(0, 0, 0)),
                new Usage.OutputTokenDetails(0, 0, null));
    }

    private Tokens cachedOf(Context input) {
        Tokens prefix = Tokens.NONE;
        List<Piece> pieces = input.pieces();
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            boolean read = i < cached.size() && cached.get(i).equals(piece);
            boolean written = i >= cached.size() && !cached.isEmpty() && cachedOutputs.contains(piece.id());
            if (!read && !written) {
                break;
            }
            prefix = prefix.plus(piece.tokens());
        }
        return new Tokens(blocks(prefix.text()), blocks(prefix.audio()), blocks(prefix.image()));
    }

    private static int blocks(int tokens) {
        return tokens / CACHE_BLOCK * CACHE_BLOCK;
    }

    private List<Piece> pieces(List<ContextItem> items) {
        int latest = latestSpoken(items);
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            ContextItem entry = items.get(i);
            boolean asAudio = i == latest && !model.reasoning();
            Tokens tokens = TokenCounter.input(entry, asAudio);
            pieces.add(new Piece(String.valueOf(entry.item().id()), Objects.hash(entry.truncated(), asAudio), tokens));
        }
        return pieces;
    }

    private static int latestSpoken(List<ContextItem> items) {
        for (int i = items.size() - 1; i >= 0; i--) {
            boolean assistant = items.get(i).item() instanceof Item.Message message
                    && message.role().equals(Item.Role.ASSISTANT);
            if (assistant && items.get(i).audioMillis() > 0) {
                return i;
            }
        }
        return -1;
    }

    /** How many of the oldest to leave out; never the newest, and no output of a call that is left out stays. */
    private static int dropped(List<ContextItem> items, List<Piece> pieces, int total, int target) {
        int left = total;
        int dropped = 0;
        int last = pieces.size() - 1;
        while (dropped < last
                && (left > target || answersACall(items.get(dropped).item(), dropped))) {
            left -= pieces.get(dropped).tokens().total();
            dropped++;
        }
        return dropped;
    }

    private static boolean answersACall(Item item, int index) {
        return index > 0 && item instanceof Item.FunctionCallOutput;
    }
}
