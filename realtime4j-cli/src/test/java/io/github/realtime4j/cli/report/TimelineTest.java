package io.github.realtime4j.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.RawTap.Direction;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TimelineTest {
    private final AtomicLong millis = new AtomicLong();
    private final Timeline timeline = new Timeline(millis::get);

    private void at(long time, Direction direction, String json) {
        millis.set(time);
        timeline.message(direction, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    private void append(long time) {
        at(
                time,
                Direction.SENT,
                JsonObject.of("type", "input_audio_buffer.append", "audio", "A".repeat(1_280))
                        .toString());
    }

    @Test
    void appendsAreOneEntryUntilTheBufferSpeaks() {
        append(20);
        append(40);
        at(45, Direction.RECEIVED, "{\"type\":\"response.created\"}");
        append(60);
        at(70, Direction.RECEIVED, "{\"type\":\"input_audio_buffer.speech_started\"}");
        append(80);

        List<Timeline.Entry> entries = timeline.entries();
        assertThat(entries)
                .extracting(Timeline.Entry::type)
                .containsExactly(
                        "input_audio_buffer.append",
                        "response.created",
                        "input_audio_buffer.speech_started",
                        "input_audio_buffer.append");
        assertThat(entries.get(0).count()).isEqualTo(3);
        assertThat(entries.get(0).at()).isEqualTo(20);
        assertThat(entries.get(0).until()).isEqualTo(60);
    }

    @Test
    void audioIsLeftOutAndWordsAreKept() {
        append(0);
        at(1, Direction.RECEIVED, "{\"type\":\"response.output_audio_transcript.delta\",\"delta\":\"Hi\"}");
        at(2, Direction.RECEIVED, "{\"type\":\"response.output_audio.delta\",\"delta\":\"" + "B".repeat(4_000) + "\"}");
        at(
                3,
                Direction.RECEIVED,
                "{\"type\":\"conversation.item.retrieved\",\"item\":{\"content\":[{\"audio\":\"" + "C".repeat(4_000)
                        + "\"}]}}");

        List<Timeline.Entry> entries = timeline.entries();
        assertThat(entries.get(0).event().string("audio"))
                .isEqualTo("A".repeat(16) + "… (960 bytes of audio in Base64)");
        assertThat(entries.get(1).event().string("delta")).isEqualTo("Hi");
        assertThat(entries.get(2).event().string("delta")).contains("3,000 bytes");
        assertThat(entries.get(3).event().toString()).contains("3,000 bytes").hasSizeLessThan(300);
    }

    @Test
    void whatIsNoJsonIsKeptAsText() {
        at(5, Direction.RECEIVED, "oops");

        assertThat(timeline.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.type()).isEqualTo("?");
            assertThat(entry.event()).isEqualTo(JsonObject.of("malformed", "oops"));
        });
    }
}
