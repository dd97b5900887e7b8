package io.github.realtime4j.samples;

import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.SessionOptions;
import io.github.realtime4j.tool.FunctionTool;
import io.github.realtime4j.tool.ToolApproval;

/** Several calls at once, each on a thread of its own; the ones that move money ask first. */
public class ParallelToolsWithApproval {
    record Account(String name) {}

    record Transfer(String to, int euros) {}

    public static void main(String[] args) {
        var getBalance = FunctionTool.of("get_balance", "The balance of an account", Account.class);
        var transferMoney = FunctionTool.of("transfer_money", "Transfers money to somebody", Transfer.class)
                .needsApproval();
        SessionOptions careful = SessionOptions.builder()
                .toolApproval(call -> transferMoney.decode(call.arguments()).euros() <= 100
                        ? ToolApproval.approve()
                        : ToolApproval.deny("More than 100 euros need a signature."))
                .build();
        try (RealtimeClient client = RealtimeClient.builder().build();
                RealtimeSession session = client.newSession(careful)) {
            session.onCall(getBalance, account -> "1,200 euros");
            session.onCall(transferMoney, transfer -> transfer.euros() + " euros are on their way");
            session.connect();
            String wish = "Send 50 euros to Ada and 500 to Bob, and tell me the balance of my savings.";
            System.out.println(session.ask(wish).join().text());
        }
    }
}
