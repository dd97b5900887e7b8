package io.github.realtime4j.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.MalformedJsonException;
import io.github.realtime4j.protocol.Dialect;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Fixtures with bytes changed: both ways of decoding agree on every one, and take nothing that is not JSON. */
final class MutationTest {
    private static final String[] WORDS = {
        "null",
        "true",
        "\"",
        "\\",
        "\\u0061",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "0",
        "-1",
        "1.0",
        "2147483648",
        "1e9",
        " ",
        "\n",
        "\u0001",
        "é",
        "=",
        "\"type\":\"error\",",
        "\"delta\":\"QUJD\",",
        "\"item_id\":\"i\",",
        "\"output_index\":1,",
        "\"x\":{},",
        "{\"x\":1,\"x\":2}",
        "/",
        "😀"
    };
    private static final int MUTATIONS_OF_EACH = 60;
    private static final int MUTATIONS_OF_AUDIO = 400;

    @Test
    void bothWaysAgreeOnEveryMutation() {
        Random random = new Random(20_260_824);
        int refused = 0;
        int total = 0;
        List<Fixtures.Event> fixtures = Fixtures.events().toList();
        byte[][] others = fixtures.stream().limit(5).map(Fixtures.Event::utf8).toArray(byte[][]::new);
        for (Fixtures.Event fixture : fixtures) {
            byte[] original = fixture.utf8();
            boolean audio =
                    fixture.type().contains("audio.delta") || fixture.type().contains("append");
            for (int i = 0; i < (audio ? MUTATIONS_OF_AUDIO : MUTATIONS_OF_EACH); i++) {
                byte[] mutant = original;
                for (int steps = 1 + random.nextInt(3); steps > 0; steps--) {
                    mutant = mutate(mutant, others[random.nextInt(others.length)], random);
                }
                total++;
                refused += agree(fixture.dialect(), fixture.fromClient(), mutant) == null ? 1 : 0;
            }
        }
        assertThat(refused).as("of %s", total).isBetween(total / 4, total * 9 / 10);
    }

    /** The event, or null if both ways refuse the message. */
    static @Nullable Object agree(Dialect dialect, boolean fromClient, byte[] utf8) {
        Object quick = outcome(utf8, () -> Wire.decode(dialect, fromClient, utf8));
        Object general = outcome(utf8, () -> Wire.decodeGenerally(dialect, fromClient, utf8, path -> {}));
        assertThat(quick).as(() -> text(utf8)).isEqualTo(general);
        if (quick instanceof String) {
            return null;
        }
        assertThat(isJson(utf8)).as(() -> text(utf8)).isTrue();
        return quick;
    }

    /** The event, or the message of the refusal. */
    private static Object outcome(byte[] utf8, Supplier<Object> decode) {
        try {
            return decode.get();
        } catch (DecodeException e) {
            return String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            return fail(text(utf8), e);
        }
    }

    /** By the JDK's decoder and the parser of strings, which share nothing with the way under test. */
    private static boolean isJson(byte[] utf8) {
        try {
            JsonValue.parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
            return true;
        } catch (CharacterCodingException | MalformedJsonException e) {
            return false;
        }
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static byte[] mutate(byte[] bytes, byte[] other, Random random) {
        int at = random.nextInt(bytes.length + 1);
        int length = Math.min(bytes.length - at, random.nextInt(12));
        return switch (random.nextInt(8)) {
            case 0 -> splice(bytes, at, length, new byte[0]);
            case 1 -> splice(bytes, at, Math.min(1, length), new byte[] {(byte) random.nextInt(256)});
            case 2 -> splice(bytes, at, 0, range(bytes, at, length));
            case 3 -> splice(bytes, at, bytes.length - at, new byte[0]);
            case 4 -> splice(bytes, at, length, range(other, random.nextInt(other.length), random.nextInt(30)));
            case 5 -> splice(bytes, afterColon(bytes, at), length, word(random));
            default -> splice(bytes, random.nextBoolean() ? afterComma(bytes, at) : at, 0, word(random));
        };
    }

    private static byte[] word(Random random) {
        return Wire.utf8(WORDS[random.nextInt(WORDS.length)]);
    }

    private static int afterColon(byte[] bytes, int from) {
        return after(':', bytes, from);
    }

    private static int afterComma(byte[] bytes, int from) {
        return after(',', bytes, from);
    }

    private static int after(char c, byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == c) {
                return i + 1;
            }
        }
        return from;
    }

    private static byte[] range(byte[] bytes, int from, int length) {
        return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length));
    }

    private static byte[] splice(byte[] bytes, int at, int drop, byte[] insert) {
        int keep = Math.min(bytes.length, at + drop);
        ByteBuffer spliced = ByteBuffer.allocate(at + insert.length + bytes.length - keep);
        return spliced.put(bytes, 0, at)
                .put(insert)
                .put(bytes, keep, bytes.length - keep)
                .array();
    }
}
