package io.github.realtime4j.server.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.TranscriptionUsage;
import io.github.realtime4j.server.usage.ModelCard.Use;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CountsTest {

    @ParameterizedTest
    @CsvSource({"588,5", "652,6", "780,7", "1644,16", "2668,26", "2796,27"})
    void userAudioIsATokenPerTenthOfASecondRoundedDown(long millis, int tokens) {
        assertThat(TokenCounter.userAudio(millis)).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello there!|3",
                "Say a short greeting.|5",
                "What is the weather in London?|7",
                "1234567|3",
                "你好世界|4"
            })
    void textIsCountedAsTheTokenizerCutsIt(String text, int tokens) {
        assertThat(TokenCounter.text(text)).isEqualTo(tokens);
    }

    @Test
    void transcriptionIsBilledByItsModel() {
        assertThat(TokenCounter.transcription(Models.find("gpt-4o-transcribe"), 1_630, "Hello there!"))
                .isEqualTo(new TranscriptionUsage.Tokens(19, 16, new TranscriptionUsage.InputTokenDetails(0, 16), 3));
        assertThat(TokenCounter.transcription(Models.find("gpt-realtime-whisper"), 2_800, "Hello there!"))
                .isEqualTo(new TranscriptionUsage.Duration(3));
    }

    @Test
    void imagesCountByTheirSquares() {
        assertThat(image(512, 512, "auto")).isEqualTo(85 + 170);
        assertThat(image(1_024, 1_024, "high")).isEqualTo(85 + 4 * 170);
        assertThat(image(4_096, 2_048, "high")).isEqualTo(85 + 6 * 170);
        assertThat(image(4_096, 2_048, "low")).isEqualTo(85);
    }

    @Test
    void jpegHeadersAreRead() {
        byte[] jpeg = {
            (byte) 0xff,
            (byte) 0xd8,
            (byte) 0xff,
            (byte) 0xe0,
            0,
            4,
            1,
            2,
            (byte) 0xff,
            (byte) 0xc0,
            0,
            17,
            8,
            1,
            0,
            2,
            0,
            3
        };

        assertThat(ImageSize.of(jpeg)).isEqualTo(new ImageSize("JPEG", 512, 256));
        assertThat(ImageSize.of(new byte[] {1, 2, 3})).isNull();
        assertThat(ImageSize.of("https://example.com/a.png")).isNull();
    }

    @Test
    void modelsAreKnownByWhatTheyAreFor() {
        assertThat(Models.realtime("gpt-realtime-2.1"))
                .isEqualTo(new ModelCard(
                        "gpt-realtime-2.1",
                        Use.REALTIME,
                        128_000,
                        32_000,
                        true,
                        "marin",
                        500,
                        false,
                        java.util.Set.of(),
                        true));
        assertThat(Models.realtime("gpt-realtime").defaultVoice()).isEqualTo("alloy");
        assertThat(Models.realtime("my-deployment").silenceDurationMs()).isEqualTo(200);
        assertThat(Models.isRealtime("gpt-nope")).isFalse();
        assertThat(Models.isTranscription("gpt-realtime-whisper")).isTrue();
        assertThat(Models.isTranslation("gpt-realtime-translate")).isTrue();
        assertThat(Models.names(Use.TRANSCRIPTION)).startsWith("whisper-1", "gpt-transcribe");
    }

    private static int image(int width, int height, String detail) {
        byte[] png = ByteBuffer.allocate(24)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R'})
                .putInt(width)
                .putInt(height)
                .array();
        String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
        ContentPart part =
                new ContentPart.InputImage(url, null, detail, io.github.realtime4j.json.JsonValue.JsonObject.EMPTY);
        return TokenCounter.input(new ContextItem(Item.message(Item.Role.USER, part), 0, false), false)
                .image();
    }
}
