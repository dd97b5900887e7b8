package io.github.realtime4j.cli.inspect;

import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.protocol.AudioConfig;
import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.ConversationEvent;
import io.github.realtime4j.protocol.ErrorEvent;
import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.Session;
import io.github.realtime4j.protocol.SessionEvent;
import io.github.realtime4j.usage.PriceTable;
import io.github.realtime4j.usage.SessionUsage;
import io.github.realtime4j.usage.UsageMeter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What happened in a recording, in a few numbers and lines. Confined to one thread. */
public final class Conversation {
    private final UsageMeter meter = new UsageMeter(PriceTable.latest(), Clock.systemUTC());
    private final List<String> errors = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private int sessions;
    private int turns;
    private int calls;
    private int interruptions;
    private double sentSeconds;
    private double receivedSeconds;
    private AudioFormat inputFormat = AudioFormat.PCM16_24KHZ;
    private AudioFormat outputFormat = AudioFormat.PCM16_24KHZ;

    void sent(ClientEvent event) {
        if (event instanceof ClientEvent.InputAudioBufferAppend append) {
            sentSeconds += seconds(inputFormat, append.audio().size());
        } else if (event instanceof ClientEvent.ConversationItemCreate create
                && create.item() instanceof Item.Message message
                && message.role().equals(Item.Role.USER)) {
            turns++;
            tell("user", message.text());
        }
    }

    void received(ServerEvent event) {
        meter.apply(event);
        if (event instanceof SessionEvent.Created created) {
            sessions++;
            formats(created.session());
        } else if (event instanceof SessionEvent.Updated updated) {
            formats(updated.session());
        } else if (event instanceof InputAudioBufferEvent.Committed) {
            turns++;
        } else if (event instanceof ConversationEvent.ItemInputAudioTranscriptionCompleted heard) {
            tell("user", heard.transcript());
        } else if (event instanceof ResponseEvent.OutputAudioDelta delta) {
            receivedSeconds += seconds(outputFormat, delta.delta().size());
        } else if (event instanceof ConversationEvent.ItemTruncated) {
            interruptions++;
        } else if (event instanceof ResponseEvent.Done done) {
            done(done.response());
        } else if (event instanceof ErrorEvent error) {
            errors.add(String.valueOf(error.error().message()));
        }
    }

    private void done(Response response) {
        for (Item item : response.output()) {
            if (item instanceof Item.FunctionCall call) {
                calls++;
                tell("call", call.name() + "(" + call.arguments() + ")");
            } else {
                tell("assistant", item.text());
            }
        }
    }

    private void formats(Session session) {
        AudioConfig audio = session.audio();
        if (audio != null && audio.input() != null) {
            inputFormat = known(audio.input().format(), inputFormat);
        }
        if (audio != null && audio.output() != null) {
            outputFormat = known(audio.output().format(), outputFormat);
        }
    }

    private static AudioFormat known(@Nullable AudioFormat format, AudioFormat former) {
        return format == null ? former : format;
    }

    private static double seconds(AudioFormat format, int bytes) {
        return (double) bytes / format.bytesPerSecond();
    }

    private void tell(String who, String what) {
        if (!what.isBlank()) {
            story.add(who + ": " + what.strip().replaceAll("\\s+", " "));
        }
    }

    public int sessions() {
        return sessions;
    }

    /** User turns, spoken or written. */
    public int turns() {
        return turns;
    }

    /** Finished responses by status. */
    public Map<String, Integer> responses() {
        Map<String, Integer> responses = new TreeMap<>();
        usage().responses().forEach((status, number) -> responses.put(status.value(), number));
        return responses;
    }

    /** Function calls that were asked for. */
    public int calls() {
        return calls;
    }

    /** Assistant speech that was cut because the user had not heard the rest. */
    public int interruptions() {
        return interruptions;
    }

    /** What was used, at list prices. */
    public SessionUsage usage() {
        return meter.usage();
    }

    /** Seconds of audio from the client. */
    public double sentSeconds() {
        return sentSeconds;
    }

    /** Seconds of audio from the server. */
    public double receivedSeconds() {
        return receivedSeconds;
    }

    /** What {@code error} events said. */
    public List<String> errors() {
        return errors;
    }

    /** Who said what, in order. */
    public List<String> story() {
        return story;
    }
}
