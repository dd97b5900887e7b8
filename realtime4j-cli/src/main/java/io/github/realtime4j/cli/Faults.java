package io.github.realtime4j.cli;

import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.server.Fault;
import io.github.realtime4j.server.Trigger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/** Faults as one types them: {@code NAME[=VALUE][@EVENT[:N]]}. */
final class Faults {
    private static final Pattern FORM = Pattern.compile("([a-z]+)(?:=([^@]+))?(?:@([a-z_.]+)(?::([0-9]{1,6}))?)?");

    private final String text;
    private final String name;
    private final @Nullable String value;
    private final @Nullable String event;
    private final @Nullable String nth;

    private Faults(String text, Matcher matcher) {
        this.text = text;
        this.name = matcher.group(1);
        this.value = matcher.group(2);
        this.event = matcher.group(3);
        this.nth = matcher.group(4);
    }

    /**
     * @throws CommandFailure if this is no fault
     */
    static Fault parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw CommandFailure.usage("--fault " + text + ": expected NAME[=VALUE][@EVENT[:N]]");
        }
        Faults fault = new Faults(text, matcher);
        try {
            return fault.parsed();
        } catch (IllegalArgumentException | TypeConversionException e) {
            throw CommandFailure.usage("--fault " + text + ": " + e.getMessage(), e);
        }
    }

    private Fault parsed() {
        return switch (name) {
            case "refuse" -> new Fault.RefuseUpgrade(number(503), "refused by --fault");
            case "close" -> new Fault.CloseConnection(server(), number(1011), "closed by --fault");
            case "reset" -> new Fault.Reset(server());
            case "stall" -> new Fault.Stall(server());
            case "malformed" -> new Fault.MalformedFrame(server(), kind());
            case "delay" ->
                new Fault.Delay(nth(Trigger.before(required())), Durations.parse(value == null ? "1" : value));
            case "drop" -> new Fault.DropEvent(nth(Trigger.before(required())));
            case "ignore" -> new Fault.NeverAcknowledge(client());
            case "error" -> new Fault.ErrorReply(nth(Trigger.onClientEvent(required())), error());
            case "slow" -> new Fault.SlowReader(event == null ? Trigger.atConnect() : server(), number(1_000));
            default ->
                throw CommandFailure.usage(
                        "--fault " + text + ": there is no fault '" + name + "'; 'realtime help serve' lists them");
        };
    }

    private int number(int otherwise) {
        try {
            return value == null ? otherwise : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a number but was '" + value + "'", e);
        }
    }

    private Fault.MalformedFrame.Kind kind() {
        return value == null
                ? Fault.MalformedFrame.Kind.TRUNCATED_JSON
                : Fault.MalformedFrame.Kind.valueOf(value.toUpperCase(Locale.ROOT));
    }

    private ErrorDetail error() {
        String code = value == null ? "server_error" : value;
        return new ErrorDetail("invalid_request_error", new ErrorCode(code), "Refused by --fault.", null, null);
    }

    private Trigger server() {
        return nth(Trigger.after(required()));
    }

    private Trigger client() {
        return nth == null ? Trigger.onClientEvent(required()).every() : nth(Trigger.onClientEvent(required()));
    }

    private Trigger nth(Trigger trigger) {
        return nth == null ? trigger : trigger.nth(Integer.parseInt(nth));
    }

    private String required() {
        if (event == null) {
            throw new IllegalArgumentException("expected an event, as in " + name + "@response.created");
        }
        return event;
    }
}
