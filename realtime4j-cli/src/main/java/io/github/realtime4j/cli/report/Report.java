package io.github.realtime4j.cli.report;

import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.audio.Resampler;
import io.github.realtime4j.audio.Wav;
import io.github.realtime4j.audio.WavWriter;
import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.MalformedJsonException;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as one page that needs nothing else: both waveforms and the events on one time line, the dialogue, the
 * function calls, the usage, and the sound itself.
 */
public final class Report {
    /** Base64 makes this a third larger, and the page is to stay below 6 MB. */
    private static final int MOST_AUDIO_BYTES = 4_000_000;

    private static final String PLACE = "@DATA@";

    private Report() {}

    /**
     * What the page says above all.
     *
     * @param address of the server
     * @param started as one reads it
     */
    public record Facts(String title, String address, String model, String voice, String started) {}

    /**
     * @param sound user on the left, assistant as heard on the right
     */
    public static void write(Path file, Facts facts, Dialogue dialogue, Timeline timeline, Wav sound)
            throws IOException {
        String data = json(facts, dialogue, timeline, sound).toString();
        // The only text that could end the element it stands in.
        String safe = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
        Files.writeString(file, template().replace(PLACE, safe));
    }

    private static String template() throws IOException {
        try (InputStream in = Report.class.getResourceAsStream("report.html")) {
            if (in == null) {
                throw new IllegalStateException("report.html is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonObject json(Facts facts, Dialogue dialogue, Timeline timeline, Wav sound) throws IOException {
        short[] user = sound.channel(0);
        short[] assistant = sound.channel(1);
        return JsonObject.of(
                "title", facts.title(),
                "address", facts.address(),
                "model", facts.model(),
                "voice", facts.voice(),
                "started", facts.started(),
                "duration", sound.length() * 1_000L / sound.sampleRate(),
                "points_per_second", Waveform.POINTS_PER_SECOND,
                "user", Waveform.of(user, sound.sampleRate()),
                "assistant", Waveform.of(assistant, sound.sampleRate()),
                "turns", dialogue.turns().stream().map(Report::json).toList(),
                "calls", dialogue.calls().stream().map(Report::json).toList(),
                "responses", dialogue.responses().stream().map(Report::json).toList(),
                "events", timeline.entries().stream().map(Report::json).toList(),
                "sound", embedded(user, assistant, sound.sampleRate()));
    }

    private static JsonObject json(Dialogue.Turn turn) {
        return JsonObject.of(
                "speaker", turn.speaker().name().toLowerCase(Locale.ROOT),
                "from", turn.from(),
                "to", turn.to(),
                "text", turn.text(),
                "unheard", turn.unheard(),
                "heard_ms", turn.heardMillis(),
                "received_ms", turn.receivedMillis());
    }

    private static JsonObject json(Dialogue.Call call) {
        return JsonObject.of(
                "at", call.at(),
                "answered_at", call.answeredAt(),
                "name", call.name(),
                "arguments", parsed(call.arguments()),
                "output", parsed(call.output()));
    }

    private static @Nullable JsonValue parsed(@Nullable String json) {
        if (json == null) {
            return null;
        }
        try {
            return JsonValue.parse(json);
        } catch (MalformedJsonException e) {
            return new JsonValue.JsonString(json);
        }
    }

    private static JsonObject json(Response response) {
        List<String> kinds = new ArrayList<>();
        response.output().forEach(item -> kinds.add(item.text().isEmpty() ? "function call" : "message"));
        JsonObject json = JsonObject.of(
                "status", response.status() == null ? "" : response.status().value(),
                "output", kinds.isEmpty() ? "nothing" : String.join(", ", kinds));
        Usage usage = response.usage();
        if (usage == null) {
            return json;
        }
        Usage.InputTokenDetails in = usage.inputTokenDetails();
        Usage.OutputTokenDetails out = usage.outputTokenDetails();
        return json.with("input", usage.inputTokens())
                .with("input_text", in == null ? null : in.textTokens())
                .with("input_audio", in == null ? null : in.audioTokens())
                .with("cached", in == null ? null : in.cachedTokens())
                .with("output_text", out == null ? null : out.textTokens())
                .with("output_audio", out == null ? null : out.audioTokens())
                .with("output_tokens", usage.outputTokens())
                .with("total", usage.totalTokens());
    }

    private static JsonObject json(Timeline.Entry entry) {
        JsonObject json =
                JsonObject.of("at", entry.at(), "sent", entry.sent(), "type", entry.type(), "event", entry.event());
        return entry.count() == 1 ? json : json.with("until", entry.until()).with("count", entry.count());
    }

    /** As good as fits: first the rate goes down, then one channel goes. */
    private static @Nullable String embedded(short[] user, short[] assistant, int rate) throws IOException {
        for (int lower : new int[] {rate, 16_000, 12_000}) {
            if (lower <= rate && 4L * user.length * lower / rate <= MOST_AUDIO_BYTES) {
                return base64(Resampler.convert(user, rate, lower), Resampler.convert(assistant, rate, lower), lower);
            }
        }
        short[] both = Resampler.convert(Pcm16.mix(user, assistant), rate, 8_000);
        return both.length * 2L > MOST_AUDIO_BYTES ? null : Base64.getEncoder().encodeToString(Wav.bytes(both, 8_000));
    }

    private static String base64(short[] left, short[] right, int rate) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (WavWriter writer = WavWriter.stream(out, rate, 2)) {
            writer.write(left, right);
        }
        byte[] file = out.toByteArray();
        // A stream's header does not know its length, which browsers need for the duration.
        putLength(file, 4, file.length - 8);
        putLength(file, 40, file.length - 44);
        return Base64.getEncoder().encodeToString(file);
    }

    private static void putLength(byte[] file, int at, int length) {
        for (int i = 0; i < 4; i++) {
            file[at + i] = (byte) (length >> (8 * i));
        }
    }
}
