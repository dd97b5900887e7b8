package io.github.realtime4j.samples;

import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.tool.FunctionTool;

/** Two agents in one conversation: the first hands over to the second, with its own instructions and tools. */
public class Handoff {
    record Reason(String reason) {}

    record Invoice(String number) {}

    private static final FunctionTool<Reason> TRANSFER_TO_BILLING =
            FunctionTool.of("transfer_to_billing", "Hands over questions about invoices", Reason.class);
    private static final FunctionTool<Invoice> REFUND_INVOICE =
            FunctionTool.of("refund_invoice", "Refunds an invoice", Invoice.class);

    private static final SessionConfig RECEPTION = SessionConfig.builder()
            .instructions("You are the reception. Find out what the caller needs, and hand over.")
            .tool(TRANSFER_TO_BILLING.definition())
            .build();
    private static final SessionConfig BILLING = SessionConfig.builder()
            .instructions("You are the billing desk. Be brief.")
            .tool(REFUND_INVOICE.definition())
            .build();

    public static void main(String[] args) {
        try (RealtimeClient client = RealtimeClient.builder().build();
                RealtimeSession session = client.newSession(RECEPTION).connect()) {
            session.onCall(TRANSFER_TO_BILLING, call -> {
                session.update(BILLING).join(); // in force when the model goes on
                return "You are through to the billing desk.";
            });
            session.onCall(REFUND_INVOICE, invoice -> "Invoice " + invoice.number() + " is refunded.");
            System.out.println(session.ask("Billing, please.").join().text());
            System.out.println(session.ask("Refund invoice 1138.").join().text());
            System.out.println(session.settings().instructions());
        }
    }
}
