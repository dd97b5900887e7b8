package io.github.realtime4j.samples;

import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.tool.Description;
import io.github.realtime4j.tool.FunctionTool;
import java.util.List;
import java.util.Optional;

/** A function whose arguments are a record: the model is shown its schema, the program is given its values. */
public class ToolFromRecord {
    enum Size {
        SMALL,
        LARGE
    }

    record Drink(
            String name,
            Size size,
            @Description("Oat, soy or cow") Optional<String> milk) {}

    record Order(@Description("The table's number") int table, List<Drink> drinks) {
        Order {
            if (table > 20) {
                throw new IllegalArgumentException("There are only 20 tables"); // which the model is told
            }
        }
    }

    private static final FunctionTool<Order> ORDER_DRINKS =
            FunctionTool.of("order_drinks", "Orders drinks to a table", Order.class);

    record Receipt(int number, double total) {}

    public static void main(String[] args) {
        try (RealtimeClient client = RealtimeClient.builder().build();
                RealtimeSession session = client.newSession()) {
            session.onCall(ORDER_DRINKS, order -> {
                System.out.println(order);
                return new Receipt(42, 3.5 * order.drinks().size());
            });
            session.connect();
            String wish = "A large latte with oat milk and a small espresso for table 7, please.";
            System.out.println(session.ask(wish).join().text());
        }
    }
}
