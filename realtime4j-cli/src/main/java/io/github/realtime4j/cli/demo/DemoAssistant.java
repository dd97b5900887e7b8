package io.github.realtime4j.cli.demo;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.server.Reply;
import io.github.realtime4j.server.Responder;
import io.github.realtime4j.server.ResponseRequest;
import java.util.Locale;

/** The model of the demo: few words, and one function that it knows when to call. */
public final class DemoAssistant implements Responder {
    static final String EXPLANATION =
            "Your voice goes to the server as small pieces of sound. The server hears when you "
                    + "begin and when you stop, and answers with sound and words, faster than anyone could listen. "
                    + "So when you interrupt me, most of what I was going to say has arrived already. "
                    + "The program falls silent and tells the server how much of it you have really heard.";

    @Override
    public Reply respond(ResponseRequest request) {
        Item last = request.items().isEmpty()
                ? null
                : request.items().get(request.items().size() - 1);
        if (last instanceof Item.FunctionCallOutput output) {
            return Reply.text(weather(JsonObject.parse(output.output())));
        }
        String heard = last == null ? "" : last.text().toLowerCase(Locale.ROOT);
        if (heard.contains("weather")) {
            return Reply.functionCall(
                    Weather.TOOL.name(), JsonObject.of("city", "Berlin").toString());
        } else if (heard.contains("how")) {
            return Reply.text(EXPLANATION);
        }
        return Reply.text("All right. Have a nice day!");
    }

    private static String weather(JsonObject report) {
        return "In " + report.string("city") + " it is " + report.get("temperature") + " degrees, with "
                + report.string("sky") + ".";
    }
}
