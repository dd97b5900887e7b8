package io.github.realtime4j.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.realtime4j.json.JsonValue.JsonNumber;
import io.github.realtime4j.protocol.ConversationEvent;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.SessionEvent;
import io.github.realtime4j.protocol.UnknownEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text made to hurt: the answer is always a {@link DecodeException}, the same on both ways, and soon. */
final class HostileJsonTest {
    private static final String AUDIO =
            "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"item_id\":\"i\","
                    + "\"output_index\":0,\"content_index\":0,\"delta\":\"QUJD\"}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "}",
                "{\"type\"",
                "{\"type\":",
                "{\"type\":\"",
                "{\"type\":\"session.closed\"",
                "{\"type\":\"session.closed\"]",
                "{\"type\":\"session.closed\",}",
                "{,\"type\":\"session.closed\"}",
                "{\"type\":\"session.closed\",,\"event_id\":\"a\"}",
                "{\"type\":\"session.closed\" \"event_id\":\"a\"}",
                "{\"type\":\"session.closed\"}}",
                "{\"type\":\"session.closed\",\"x\":[}",
                "{\"type\":\"session.closed\",\"x\":NaN}",
                "{\"type\":\"session.closed\",\"x\":Infinity}",
                "{\"type\":\"session.closed\",\"x\":-Infinity}",
                "{\"type\":\"session.closed\",\"x\":01}",
                "{\"type\":\"session.closed\",\"x\":+1}",
                "{\"type\":\"session.closed\",\"x\":.5}",
                "{\"type\":\"session.closed\",\"x\":1.}",
                "{\"type\":\"session.closed\",\"x\":1e}",
                "{\"type\":\"session.closed\",\"x\":0x1F}",
                "{\"type\":\"session.closed\",\"x\":1e99999999999}",
                "{\"type\":\"session.closed\",\"x\":True}",
                "{\"type\":\"session.closed\",\"x\":nul}",
                "{\"type\":\"session.closed\",\"x\":undefined}",
                "{'type':'session.closed'}",
                "{type:\"session.closed\"}",
                "{\"type\":\"session.closed\"}// end",
                "/* begin */{\"type\":\"session.closed\"}",
                "{\"type\":\"session.closed\",/* x */\"x\":1}",
                "{\"type\":\"session.closed\",\"x\":\"\\x41\"}",
                "{\"type\":\"session.closed\",\"x\":\"\\u12\"}",
                "{\"type\":\"session.closed\",\"x\":\"\\u12G4\"}",
                "{\"type\":\"session.closed\",\"x\":\"a\tb\"}",
                "{\"type\":\"session.closed\",\"x\":\"a\nb\"}",
                "{\"type\":\"session.closed\",\"x\":\"a\u0000b\"}",
                "{\"type\":\"session.closed\",\"x\u0001\":1}",
                "{\"type\":\"session.closed\"}\u0000",
                "\u0000{\"type\":\"session.closed\"}",
                "\u0000\u0000\u0000",
                "\uFEFF{\"type\":\"session.closed\"}",
                "{\"type\":\"session.closed\"\u000b}",
                "{\"type\":\"session.closed\"\u00a0}",
                "{\"type\":\"session.closed\",\"event_id\":\"a\",\"event_id\":\"a\"}",
                "{\"type\":\"session.closed\",\"\\u0074ype\":\"session.closed\"}",
                "{\"type\":\"session.closed\",\"x\":{\"a\":1,\"\\u0061\":1}}",
                "{\"type\":\"made.up\",\"x\":1,\"x\":1}",
                "{\"type\":\"made.up\",\"x\":{\"y\":[{\"z\":1,\"z\":1}]}}"
            })
    void whatIsNotExactlyOneJsonObjectIsRefused(String text) {
        assertRefused(Wire.utf8(text));
        assertRefusedInAudio(text);
    }

    /** The same fault inside an audio delta, which has a way of its own. */
    private static void assertRefusedInAudio(String text) {
        String start = "{\"type\":\"session.closed\"";
        if (text.startsWith(start)) {
            assertRefused(Wire.utf8(AUDIO.substring(0, AUDIO.length() - 1) + text.substring(start.length())));
        }
    }

    static Stream<Arguments> brokenUtf8() {
        return Stream.of(
                arguments("C0AF", "an overlong slash"),
                arguments("C080", "NUL in two bytes"),
                arguments("E08080", "NUL in three bytes"),
                arguments("F0808080", "NUL in four bytes"),
                arguments("E09FBF", "overlong, three bytes"),
                arguments("F08FBFBF", "overlong, four bytes"),
                arguments("EDA080", "half a surrogate pair"),
                arguments("EDA0BDEDB880", "a surrogate pair as CESU-8"),
                arguments("F4908080", "beyond Unicode"),
                arguments("F5808080", "beyond Unicode"),
                arguments("F8888080 80", "five bytes"),
                arguments("80", "a lone continuation"),
                arguments("BF", "a lone continuation"),
                arguments("C3", "cut after one of two"),
                arguments("E282", "cut after two of three"),
                arguments("F09F98", "cut after three of four"),
                arguments("FF", "no lead byte"),
                arguments("FE", "no lead byte"));
    }

    @ParameterizedTest
    @MethodSource("brokenUtf8")
    void brokenUtf8IsRefusedInNamesAndValuesKnownAndUnknown(String hex, String what) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        for (String frame : new String[] {
            "{\"type\":\"session.closed\",\"event_id\":\"~\"}",
            "{\"type\":\"session.closed\",\"event_id\":\"padding, padding ~\"}",
            "{\"type\":\"session.closed\",\"~\":1}",
            "{\"type\":\"session.closed\",\"x\":[\"~\"]}",
            "{\"type\":\"~\"}",
            "{\"type\":\"made.up\",\"x\":\"~\"}",
            "{\"type\":\"session.closed\"}~",
            AUDIO.replace("\"r\"", "\"~\""),
            AUDIO.replace("QUJD", "QUJD~"),
            AUDIO + "~"
        }) {
            assertRefused(insert(frame, bytes));
        }
    }

    @Test
    void everyCharacterOfUnicodeIsTakenAsItIs() {
        for (int codePoint :
                new int[] {0x20, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFEFF, 0xFFFF, 0x10000, 0x10FFFF}) {
            String text = Character.toString(codePoint);
            String json = "{\"type\":\"session.closed\",\"event_id\":\"" + text + "\"}";
            assertThat(((SessionEvent.Closed) Wire.server(json)).eventId()).isEqualTo(text);
        }
    }

    @Test
    void otherEncodingsAreRefused() {
        for (Charset charset : new Charset[] {
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16BE,
            StandardCharsets.UTF_16LE,
            Charset.forName("UTF-32BE"),
            Charset.forName("UTF-32LE")
        }) {
            assertRefused("{\"type\":\"session.closed\"}".getBytes(charset));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 100_000})
    void depthBombsAreRefused(int depth) {
        String arrays = "[".repeat(depth);
        String objects = "{\"a\":".repeat(depth);
        for (String bomb :
                new String[] {arrays, objects, arrays + "]".repeat(depth), objects + "1" + "}".repeat(depth)}) {
            assertRefused(Wire.utf8(bomb));
            assertRefused(Wire.utf8("{\"type\":\"session.closed\",\"x\":" + bomb + "}"));
            assertRefused(Wire.utf8("{\"type\":\"made.up\",\"x\":" + bomb + "}"));
            assertRefused(Wire.utf8("{\"x\":" + bomb + ",\"type\":\"session.closed\"}"));
            assertRefused(Wire.utf8("{\"type\":\"conversation.item.added\",\"item\":" + bomb + "}"));
        }
    }

    @Test
    void aHundredLevelsAreTakenAndTheNextIsNamed() {
        String event = "{\"type\":\"made.up\",\"x\":" + "[".repeat(99) + "]".repeat(99) + "}";
        assertThat(Wire.server(event)).isInstanceOf(UnknownEvent.class);
        assertThatThrownBy(() -> Wire.server(event.replace("[]", "[[]]")))
                .hasMessage("JSON nests deeper than 100 levels");
    }

    @Test
    void hugeNamesAreRefused() {
        String name = "n".repeat(1 << 20);
        assertRefused(Wire.utf8("{\"type\":\"session.closed\",\"" + name + "\":1}"));
        assertRefused(Wire.utf8("{\"" + name + "\":1,\"type\":\"session.closed\"}"));
        assertRefused(Wire.utf8("{\"type\":\"made.up\",\"" + name + "\":1}"));
        assertRefused(Wire.utf8("{\"type\":\"response.done\",\"response\":{\"metadata\":{\"" + name + "\":\"\"}}}"));
    }

    @Test
    void hugeNumbersAreRefused() {
        String digits = "9".repeat(100_000);
        for (String number : new String[] {digits, "-" + digits, "0." + digits, "1e" + digits}) {
            assertRefused(Wire.utf8(AUDIO.replace(":0,", ":" + number + ",")));
            assertRefused(Wire.utf8("{\"type\":\"made.up\",\"x\":" + number + "}"));
        }
        assertRefused(Wire.utf8(AUDIO.replace(":0,", ":1e999999999,")));
    }

    @Test
    void aNumberTooGreatForAnyTypeSurvivesWhereNobodyReadsIt() {
        UnknownEvent event = (UnknownEvent) Wire.server("{\"type\":\"made.up\",\"x\":1e999999999}");
        assertThat(event.json().get("x")).isInstanceOf(JsonNumber.class);
        assertThat(new String(Wire.encode(Dialect.GA, event), StandardCharsets.UTF_8))
                .isEqualTo("{\"type\":\"made.up\",\"x\":1E+999999999}");
    }

    @Test
    void aStringOfTwentyMebibytesIsReadAndOnlyItsShapeIsJudged() {
        byte[] base64 = new byte[20 << 20];
        Arrays.fill(base64, (byte) 'A');
        ResponseEvent.OutputAudioDelta delta = (ResponseEvent.OutputAudioDelta)
                Wire.decode(Dialect.GA, false, insert(AUDIO.replace("QUJD", "~"), base64));
        assertThat(delta.delta().size()).isEqualTo(15 << 20);
        base64[base64.length - 7] = '?';
        assertRefused(insert(AUDIO.replace("QUJD", "~"), base64));
        assertRefused(insert(AUDIO.replace(":0,", ":\"~\","), base64));
        assertRefused(insert("{\"type\":\"session.closed\",\"event_id\":\"~", base64));
    }

    @Test
    void manyMembersWithOneNameOrManyNamesEndSoon() {
        StringBuilder same = new StringBuilder("{\"type\":\"made.up\"");
        StringBuilder different = new StringBuilder("{\"type\":\"session.closed\"");
        for (int i = 0; i < 50_000; i++) {
            same.append(",\"x\":{}");
            different.append(",\"x").append(i).append("\":{}");
        }
        assertRefused(Wire.utf8(same.append('}').toString()));
        assertThat(Wire.server(different.append('}').toString())).isInstanceOf(SessionEvent.Closed.class);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void halfASurrogatePairTravelsAsAnEscape(Dialect dialect) {
        String json = "{\"type\":\"conversation.item.retrieved\",\"item\":{\"id\":\"\\uD83D\",\"type\":\"message\","
                + "\"role\":\"user\",\"content\":[],\"x\":\"a\\uDE00\"}}";
        Object event = Wire.decode(dialect, false, Wire.utf8(json));
        assertThat(((ConversationEvent.ItemRetrieved) event).item().id()).isEqualTo("\ud83d");
        assertThat(new String(Wire.encode(dialect, event), StandardCharsets.UTF_8))
                .isEqualTo(json);
        assertRefused(Wire.utf8("{\"type\":\"made.up\",\"\\ud83d\":1}"));
    }

    private static byte[] insert(String frame, byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] parts = frame.split("~", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                out.writeBytes(bytes);
            }
            out.writeBytes(Wire.utf8(parts[i]));
        }
        return out.toByteArray();
    }

    private static void assertRefused(byte[] message) {
        for (Dialect dialect : Dialect.values()) {
            for (boolean fromClient : new boolean[] {false, true}) {
                if (!isAudioDelta(message) || !fromClient && dialect == Dialect.GA) {
                    assertThatThrownBy(() -> Wire.decode(dialect, fromClient, message))
                            .isExactlyInstanceOf(DecodeException.class);
                    assertThatThrownBy(() -> Wire.decodeGenerally(dialect, fromClient, message, path -> {}))
                            .isExactlyInstanceOf(DecodeException.class);
                }
            }
        }
    }

    /** Elsewhere such a message is an unknown event, which has no shape to be wrong. */
    private static boolean isAudioDelta(byte[] message) {
        return new String(message, 0, Math.min(message.length, 64), StandardCharsets.ISO_8859_1)
                .startsWith("{\"type\":\"response.output_audio");
    }
}
