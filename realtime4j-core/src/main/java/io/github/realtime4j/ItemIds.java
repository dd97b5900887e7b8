package io.github.realtime4j;

import io.github.realtime4j.protocol.Item;
import java.util.concurrent.ThreadLocalRandom;

/** Names items as the service does, so that their acknowledgements can be told apart. */
final class ItemIds {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 21;

    private ItemIds() {}

    /** The item with an id of its own, unless it has one, or is of a kind that has none. */
    static Item named(Item item) {
        if (item.id() != null) {
            return item;
        } else if (item instanceof Item.Message message) {
            return message.id(next());
        } else if (item instanceof Item.FunctionCall call) {
            return new Item.FunctionCall(
                    next(), call.status(), call.name(), call.callId(), call.arguments(), call.extra());
        } else if (item instanceof Item.FunctionCallOutput output) {
            return new Item.FunctionCallOutput(
                    next(), output.status(), output.callId(), output.output(), output.extra());
        } else if (item instanceof Item.McpApprovalResponse response) {
            return new Item.McpApprovalResponse(
                    next(), response.approvalRequestId(), response.approve(), response.reason(), response.extra());
        }
        return item;
    }

    private static String next() {
        StringBuilder id = new StringBuilder("item_");
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(ThreadLocalRandom.current().nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
