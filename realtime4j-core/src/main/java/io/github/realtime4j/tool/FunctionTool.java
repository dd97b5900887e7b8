package io.github.realtime4j.tool;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.MalformedJsonException;
import io.github.realtime4j.protocol.Tool;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A function that the model may call, and the Java type of its arguments. Immutable.
 *
 * <pre>{@code
 * record Drink(
 *         String name,
 *         Size size,
 *         @Description("Oat, soy or cow") Optional<String> milk) {}
 *
 * record Order(@Description("The table's number") int table, List<Drink> drinks) {
 *     Order {
 *         if (table > 20) {
 *             throw new IllegalArgumentException("There are only 20 tables"); // which the model is told
 *         }
 *     }
 * }
 *
 * private static final FunctionTool<Order> ORDER_DRINKS =
 *         FunctionTool.of("order_drinks", "Orders drinks to a table", Order.class);
 * }</pre>
 *
 * <p>The record becomes a strict JSON Schema. Property names are the components' in snake case, as everywhere on this wire;
 * constants of enums keep their names. {@code Optional} and {@code @Nullable} components may be left out, all others are
 * required, and there are no others. A constructor that throws {@link IllegalArgumentException} tells the model why.
 *
 * @param <A> the arguments
 */
public final class FunctionTool<A> {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration BACKGROUND_TIMEOUT = Duration.ofMinutes(10);

    private final String name;
    private final Tool.Function definition;
    private final BiFunction<JsonValue, Problems, @Nullable A> read;
    private final @Nullable Duration timeout;
    private final boolean background;
    private final boolean approvalNeeded;

    private FunctionTool(
            String name,
            Tool.Function definition,
            BiFunction<JsonValue, Problems, @Nullable A> read,
            @Nullable Duration timeout,
            boolean background,
            boolean approvalNeeded) {
        this.name = name;
        this.definition = definition;
        this.read = read;
        this.timeout = timeout;
        this.background = background;
        this.approvalNeeded = approvalNeeded;
    }

    /**
     * A tool whose arguments are a record of strings, numbers, booleans, enums, lists, sets, maps by strings and further
     * records. The record need not be public; in a module of its own its package must be open to this one.
     *
     * @param name letters, digits, {@code _} and {@code -}, at most 64
     * @throws IllegalArgumentException for another name, and for a record that has no schema: the message says where
     */
    public static <A extends Record> FunctionTool<A> of(String name, String description, Class<A> arguments) {
        RecordShape shape = Shapes.of(arguments);
        return make(
                name, description, shape.schema(), (json, problems) -> arguments.cast(shape.read(json, "$", problems)));
    }

    /**
     * A tool that takes its arguments as JSON, unchecked, save that they are an object.
     *
     * @param name letters, digits, {@code _} and {@code -}, at most 64
     * @param parametersSchema the JSON Schema that the model is shown
     * @throws IllegalArgumentException for another name
     */
    public static FunctionTool<JsonObject> raw(String name, String description, JsonObject parametersSchema) {
        return make(name, description, parametersSchema, (json, problems) -> {
            if (json instanceof JsonObject object) {
                return object;
            }
            problems.mismatch("an object", json, "$");
            return null;
        });
    }

    private static <A> FunctionTool<A> make(
            String name, String description, JsonObject schema, BiFunction<JsonValue, Problems, @Nullable A> read) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "Expected a name of 1 to 64 letters, digits, _ and - but was \"" + name + "\"");
        }
        return new FunctionTool<>(name, new Tool.Function(name, description, schema), read, null, false, false);
    }

    public String name() {
        return name;
    }

    /** What the model is told. */
    public Tool.Function definition() {
        return definition;
    }

    /** How long a call may take, from the start of its handler: 30 seconds unless set, in the background 10 minutes. */
    public Duration timeout() {
        return timeout != null ? timeout : background ? BACKGROUND_TIMEOUT : TIMEOUT;
    }

    public boolean isBackground() {
        return background;
    }

    public boolean isApprovalNeeded() {
        return approvalNeeded;
    }

    /** This tool with another limit; a call that takes longer is cancelled, and the model is told. */
    public FunctionTool<A> timeout(Duration timeout) {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("Expected a timeout above zero but was " + timeout);
        }
        return new FunctionTool<>(name, definition, read, timeout, background, approvalNeeded);
    }

    /**
     * This tool answering later: the model is told at once that the call runs, and the conversation goes on. The result is
     * added when it is there, and the model speaks of it as soon as nobody else does.
     */
    public FunctionTool<A> background() {
        return new FunctionTool<>(name, definition, read, timeout, true, approvalNeeded);
    }

    /** This tool asking first: each call waits for the session's {@link ToolApproval}. */
    public FunctionTool<A> needsApproval() {
        return new FunctionTool<>(name, definition, read, timeout, background, true);
    }

    /**
     * The arguments of a call; no text at all is an empty object.
     *
     * @throws InvalidArgumentsException if they do not fit, with all that is wrong
     */
    public A decode(String argumentsJson) {
        Problems problems = new Problems();
        A arguments = null;
        try {
            JsonValue json = argumentsJson.isBlank() ? JsonObject.EMPTY : JsonValue.parse(argumentsJson);
            arguments = read.apply(json, problems);
        } catch (MalformedJsonException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        if (arguments == null || !problems.isEmpty()) {
            throw new InvalidArgumentsException(name, problems.all());
        }
        return arguments;
    }

    @Override
    public String toString() {
        return "FunctionTool[" + name + "]";
    }
}
