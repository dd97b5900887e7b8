package io.github.realtime4j.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.Wav;
import io.github.realtime4j.audio.WavWriter;
import io.github.realtime4j.cli.voice.Moment;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
    private static final Report.Facts FACTS =
            new Report.Facts("A conversation", "somewhere", "gpt-realtime", "marin", "today");

    private final Dialogue dialogue = new Dialogue();
    private final Timeline timeline = new Timeline(() -> 0);

    @TempDir
    private Path directory;

    private String page(int samples) throws IOException {
        Path sound = directory.resolve("conversation.wav");
        try (WavWriter file = WavWriter.create(sound, 24_000, 2)) {
            file.write(new short[samples], new short[samples]);
        }
        Path page = directory.resolve("report.html");
        Report.write(page, FACTS, dialogue, timeline, Wav.read(sound));
        return Files.readString(page);
    }

    private static JsonObject data(String page) {
        String start = "<script type=\"application/json\" id=\"data\">";
        int from = page.indexOf(start) + start.length();
        return JsonObject.parse(page.substring(from, page.indexOf("</script>", from)));
    }

    @Test
    void tellsWhoSaidWhatAndWhatWasNotHeard() throws IOException {
        for (Moment moment : List.of(
                new Moment.UserStarted(400, "u"),
                new Moment.UserStopped(1_700, "u", 100, 1_600),
                new Moment.UserSaid(1_800, "u", "How are you?"),
                new Moment.ToolCalled(1_900, "c", "feel", "{\"deep\":true}"),
                new Moment.ToolAnswered(1_950, "c", "feel", "{\"mood\":\"fine\"}"),
                new Moment.AssistantStarted(2_000, "a"),
                new Moment.Interrupted(2_900, "a", "I am", "fine, thank you", 900, 3_100))) {
            dialogue.accept(moment);
        }

        JsonObject data = data(page(24_000));

        assertThat(data.array("turns"))
                .hasToString(
                        "[{\"speaker\":\"user\",\"from\":100,\"to\":1600,\"text\":\"How are you?\",\"unheard\":\"\","
                                + "\"heard_ms\":null,\"received_ms\":null}, {\"speaker\":\"assistant\",\"from\":2000,\"to\":2900,"
                                + "\"text\":\"I am\",\"unheard\":\"fine, thank you\",\"heard_ms\":900,\"received_ms\":3100}]");
        assertThat(data.array("calls"))
                .hasToString("[{\"at\":1900,\"answered_at\":1950,\"name\":\"feel\",\"arguments\":{\"deep\":true},"
                        + "\"output\":{\"mood\":\"fine\"}}]");
        assertThat(dialogue.hasInterruption()).isTrue();
    }

    @Test
    void needsNothingFromElsewhere() throws IOException {
        assertThat(page(24_000))
                .doesNotContainPattern("https?://")
                .doesNotContainPattern("(src|href)=\"(?!data:)")
                .doesNotContain("@import")
                .contains("default-src 'none'")
                .contains("prefers-color-scheme: dark");
    }

    @Test
    void wordsCannotBreakOutOfThePage() throws IOException {
        dialogue.accept(new Moment.UserStarted(0, "u"));
        dialogue.accept(new Moment.UserSaid(1, "u", "</script><script>alert(1)</script><!--"));

        String page = page(24_000);

        assertThat(page).doesNotContain("<script>alert");
        assertThat(data(page).array("turns").toString()).contains("<script>alert(1)");
    }

    @Test
    void theSoundIsInThePageAsAFileThatPlayersUnderstand() throws IOException {
        byte[] file =
                Base64.getDecoder().decode(String.valueOf(data(page(48_000)).string("sound")));

        Wav sound = Wav.parse(file);
        assertThat(sound.length()).isEqualTo(48_000);
        assertThat(sound.channels()).isEqualTo(2);
        assertThat(file[40] & 0xFF | (file[41] & 0xFF) << 8 | (file[42] & 0xFF) << 16)
                .isEqualTo(192_000);
    }

    @Test
    void aLongConversationStaysBelowSixMegabytes() throws IOException {
        String page = page(24_000 * 60);

        assertThat(page.length()).isLessThan(6_000_000);
        assertThat(Wav.parse(Base64.getDecoder()
                                .decode(String.valueOf(data(page).string("sound"))))
                        .sampleRate())
                .isEqualTo(16_000);
    }
}
