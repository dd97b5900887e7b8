package io.github.realtime4j.codec;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** One message being read: a cursor over its tokens that knows where it is and says what is wrong. */
final class WireReader implements AutoCloseable {
    private static final int MAX_DEPTH = 100;
    static final int MAX_STRING = 64 << 20;
    private static final int LONGEST_QUOTE = 16;
    private static final int LONGEST_NAME = 32;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .build())
            .build();

    private final byte[] utf8;
    private final int offset;
    private final int length;
    private final JsonParser parser;
    private final @Nullable Consumer<String> unknownFields;

    WireReader(byte[] utf8, int offset, int length, @Nullable Consumer<String> unknownFields) {
        this.utf8 = utf8;
        this.offset = offset;
        this.length = length;
        this.unknownFields = unknownFields;
        this.parser = FACTORY.createParser(ObjectReadContext.empty(), utf8, offset, length);
    }

    /** Reads the whole message as one value. */
    Object readAll(Binding binding) {
        try {
            if (parser.nextToken() == null) {
                throw failure("Expected a JSON object but there is no text");
            }
            Object value = binding.read(this);
            if (parser.nextToken() != null) {
                throw failure("Expected the end after one JSON object but there is more");
            }
            return value;
        } catch (StreamConstraintsException e) {
            boolean deep = parser.streamReadContext().getNestingDepth() >= MAX_DEPTH;
            throw failure(deep ? "JSON nests deeper than " + MAX_DEPTH + " levels" : "Endless name, number or string");
        } catch (JacksonException e) {
            throw failure("Malformed JSON at byte " + parser.currentLocation().getByteOffset());
        }
    }

    JsonToken token() {
        return parser.currentToken();
    }

    JsonToken nextToken() {
        return parser.nextToken();
    }

    /** The name of the next member, or null at the object's end. */
    @Nullable
    String nextName() {
        return parser.nextName();
    }

    void expectObject() {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw mismatch("an object");
        }
    }

    String string() {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw mismatch("a string");
        }
        return parser.getString();
    }

    boolean bool() {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw mismatch("true or false");
        };
    }

    int integer() {
        try {
            return switch (parser.currentToken()) {
                case VALUE_NUMBER_INT -> parser.getIntValue();
                case VALUE_NUMBER_FLOAT -> parser.getDecimalValue().intValueExact();
                default -> throw mismatch("an integer");
            };
        } catch (InputCoercionException | ArithmeticException | NumberFormatException e) {
            throw mismatch("an integer");
        }
    }

    long longInteger() {
        try {
            return switch (parser.currentToken()) {
                case VALUE_NUMBER_INT -> parser.getLongValue();
                case VALUE_NUMBER_FLOAT -> parser.getDecimalValue().longValueExact();
                default -> throw mismatch("an integer");
            };
        } catch (InputCoercionException | ArithmeticException | NumberFormatException e) {
            throw mismatch("an integer");
        }
    }

    double number() {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                && parser.currentToken() != JsonToken.VALUE_NUMBER_FLOAT) {
            throw mismatch("a number");
        }
        double number = parser.getDoubleValue();
        if (Double.isInfinite(number)) {
            throw mismatch("a number");
        }
        return number;
    }

    /** The current value, whatever it is. */
    JsonValue json() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> jsonObject();
            case START_ARRAY -> jsonArray();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonValue.of(decimal());
            case VALUE_TRUE -> JsonValue.of(true);
            case VALUE_FALSE -> JsonValue.of(false);
            case VALUE_NULL -> JsonValue.of(null);
            default -> JsonValue.of(parser.getString());
        };
    }

    private BigDecimal decimal() {
        try {
            return parser.getDecimalValue();
        } catch (NumberFormatException e) {
            throw failure("Number out of range at " + shortPath());
        }
    }

    private JsonObject jsonObject() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        String name;
        while ((name = parser.nextName()) != null) {
            parser.nextToken();
            if (members.put(name, json()) != null) {
                throw duplicate();
            }
        }
        return members.isEmpty() ? JsonObject.EMPTY : new JsonObject(members);
    }

    private JsonArray jsonArray() {
        List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(json());
        }
        return new JsonArray(elements);
    }

    /** Whether an object has a member {@code type}, and its value if that is a string. */
    record ObjectType(boolean present, @Nullable String name) {
        private static final ObjectType ABSENT = new ObjectType(false, null);
    }

    /** The {@code type} of the object that begins at the current token, wherever in the object it stands. */
    ObjectType peekType() {
        ObjectScanner scanner = new ObjectScanner(utf8, position(), offset + length);
        while (scanner.next()) {
            if (scanner.nameIs("type")) {
                String name = scanner.plainString();
                return name == null ? peekTypeBehindEscapes() : new ObjectType(true, name);
            }
        }
        return scanner.closed() ? ObjectType.ABSENT : peekTypeBehindEscapes();
    }

    private ObjectType peekTypeBehindEscapes() {
        int start = position();
        try (JsonParser ahead = FACTORY.createParser(ObjectReadContext.empty(), utf8, start, offset + length - start)) {
            ahead.nextToken();
            String name;
            while ((name = ahead.nextName()) != null) {
                boolean isString = ahead.nextToken() == JsonToken.VALUE_STRING;
                if (name.equals("type")) {
                    return new ObjectType(true, isString ? ahead.getString() : null);
                }
                ahead.skipChildren();
            }
        } catch (JacksonException e) {
            // The same text fails again where it is read, and is reported there.
            return ObjectType.ABSENT;
        }
        return ObjectType.ABSENT;
    }

    private int position() {
        return offset + (int) parser.currentTokenLocation().getByteOffset();
    }

    void reportUnknown() {
        if (unknownFields != null) {
            unknownFields.accept(path(UnaryOperator.identity()));
        }
    }

    DecodeException mismatch(String expected) {
        return failure("Expected " + expected + " but was " + found() + " at " + shortPath());
    }

    DecodeException notBase64() {
        return failure("Expected Base64 but was another string at " + shortPath());
    }

    DecodeException duplicate() {
        return failure("Duplicate field at " + shortPath());
    }

    DecodeException missing(String name) {
        // At END_OBJECT the parser has already left the object.
        return failure("Missing field at " + shortPath() + "." + name);
    }

    private String shortPath() {
        return path(WireReader::shortName);
    }

    private DecodeException failure(String problem) {
        return new DecodeException(problem, null);
    }

    private String found() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> quoted(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                String digits = parser.getString();
                yield digits.length() <= LONGEST_QUOTE ? digits : "a long number";
            }
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case VALUE_NULL -> "null";
            default -> "nothing";
        };
    }

    private static String quoted(String text) {
        return text.length() <= LONGEST_QUOTE ? JsonValue.of(text).toString() : "a string";
    }

    private String path(UnaryOperator<String> spelling) {
        TokenStreamContext context = parser.streamReadContext();
        // At START_ARRAY the parser is already inside, but it is the array itself that is spoken of.
        boolean atArray = parser.currentToken() == JsonToken.START_ARRAY;
        StringBuilder path = new StringBuilder();
        for (TokenStreamContext at = atArray ? context.getParent() : context;
                at != null && !at.inRoot();
                at = at.getParent()) {
            if (at.inArray()) {
                path.insert(0, "[" + at.getCurrentIndex() + "]");
            } else if (at.currentName() != null) {
                path.insert(0, "." + spelling.apply(at.currentName()));
            }
        }
        return path.insert(0, "$").toString();
    }

    /** A name as it may be quoted: those of the protocol whole, others only if they are too short for a secret. */
    private static String shortName(String name) {
        boolean quotable = name.length() <= LONGEST_QUOTE
                ? name.chars().allMatch(c -> c > ' ' && c <= '~')
                : name.length() <= LONGEST_NAME && name.chars().allMatch(c -> c == '_' || (c >= 'a' && c <= 'z'));
        return quotable ? name : "…";
    }

    @Override
    public void close() {
        parser.close();
    }
}
