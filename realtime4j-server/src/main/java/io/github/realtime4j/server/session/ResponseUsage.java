package io.github.realtime4j.server.session;

import io.github.realtime4j.codec.EventCodec;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Usage;
import io.github.realtime4j.server.usage.Context;
import io.github.realtime4j.server.usage.ContextItem;
import io.github.realtime4j.server.usage.TokenCounter;
import io.github.realtime4j.server.usage.UsageMeter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Tokens of one response: what it reads, what it may say, what it has said. Confined to the session's loop. */
final class ResponseUsage {
    private final UsageMeter meter;
    private final Context context;
    private final int limit;
    private int spent;
    private int total;

    /** @param limit tokens that the response may produce */
    ResponseUsage(UsageMeter meter, Context context, int limit) {
        this.meter = meter;
        this.context = context;
        this.limit = limit;
    }

    Context context() {
        return context;
    }

    /** False if the response may not say this any more. */
    boolean text(String piece) {
        return spend(Math.max(1, TokenCounter.text(piece)));
    }

    /** False if the response may not say this any more. */
    boolean audio(long millis) {
        return spend(TokenCounter.assistantAudio(millis));
    }

    private boolean spend(int tokens) {
        if (spent + tokens > limit) {
            return false;
        }
        spent += tokens;
        return true;
    }

    /** The bill, once. */
    JsonObject bill(List<OutputItem> outputs, boolean cancelled) {
        List<ContextItem> said = new ArrayList<>();
        for (OutputItem output : outputs) {
            Item item = ModelView.item(output.finished());
            said.add(new ContextItem(item, output.audioMillis(), false));
        }
        Usage usage = meter.usage(context, said, cancelled);
        Integer all = usage.totalTokens();
        total = all == null ? 0 : all;
        return json(usage);
    }

    /** For a response that ended before it had read anything. */
    static JsonObject nothing() {
        return json(UsageMeter.none());
    }

    private static JsonObject json(Usage usage) {
        return JsonObject.parse(new String(EventCodec.write(usage), StandardCharsets.UTF_8));
    }

    /** Of the bill; 0 before. */
    int total() {
        return total;
    }
}
