package io.github.realtime4j.usage;

import io.github.realtime4j.protocol.AudioConfig;
import io.github.realtime4j.protocol.ConversationEvent;
import io.github.realtime4j.protocol.InputAudioTranscription;
import io.github.realtime4j.protocol.Model;
import io.github.realtime4j.protocol.RateLimitsUpdated;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.Session;
import io.github.realtime4j.protocol.SessionEvent;
import io.github.realtime4j.protocol.TranscriptionModel;
import io.github.realtime4j.protocol.Usage;
import io.github.realtime4j.usage.SessionUsage.Cost;
import io.github.realtime4j.usage.SessionUsage.InputTokens;
import io.github.realtime4j.usage.SessionUsage.OutputTokens;
import io.github.realtime4j.usage.SessionUsage.TranscriptionTotal;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what the server says was used: {@code response.done}, out-of-band ones too, transcriptions and translations,
 * each at the price of the model that {@code session.created} or {@code session.updated} last named. A response that is
 * told twice counts once.
 *
 * <p>How much a translation session has worked through is the greatest {@code elapsed_ms} of its events: what came in
 * after the last words is not in it.
 *
 * <p>One meter may see several connections one after the other. Not safe for concurrent use: the owner's lock guards it.
 */
public final class UsageMeter {
    /** So many responses and transcriptions are remembered, to know a repetition. */
    private static final int REMEMBERED = 256;

    private static final double LONGEST_RESET_SECONDS = 1e9;
    private static final String UNKNOWN = "unknown";

    private final PriceTable prices;
    private final Clock clock;
    private final Map<Model, Tokens> tokens = new LinkedHashMap<>();
    private final Map<Response.Status, Integer> responses = new LinkedHashMap<>();
    private final Map<TranscriptionModel, TranscriptionTotal> transcriptions = new LinkedHashMap<>();
    private final Map<Model, Long> translatedMillis = new LinkedHashMap<>();
    private final Map<String, RateLimit> rateLimits = new LinkedHashMap<>();
    private final Set<String> counted = new LinkedHashSet<>();
    private Model model = new Model(UNKNOWN);
    private TranscriptionModel transcriptionModel = new TranscriptionModel(UNKNOWN);

    /** How far the translation on this connection has come. */
    private long elapsedMillis;

    /**
     * @param clock for {@link RateLimit#resetsAt}
     */
    public UsageMeter(PriceTable prices, Clock clock) {
        this.prices = prices;
        this.clock = clock;
    }

    /** Applies what the server said; events that cost nothing change nothing. */
    public void apply(ServerEvent event) {
        if (event instanceof ResponseEvent.Done done) {
            addResponse(done.response());
        } else if (event instanceof ConversationEvent.ItemInputAudioTranscriptionCompleted completed) {
            addTranscription(completed);
        } else if (event instanceof SessionEvent told) {
            applySession(told);
        } else if (event instanceof RateLimitsUpdated updated) {
            updated.rateLimits().forEach(this::addRateLimit);
        }
    }

    /** What has been used up to now. */
    public SessionUsage usage() {
        Bill bill = new Bill(prices);
        InputTokens input = InputTokens.NONE;
        OutputTokens output = OutputTokens.NONE;
        for (Map.Entry<Model, Tokens> each : tokens.entrySet()) {
            bill.addResponses(each.getKey(), each.getValue().input, each.getValue().output);
            input = input.plus(each.getValue().input);
            output = output.plus(each.getValue().output);
        }
        transcriptions.forEach((name, total) -> bill.addTranscription(new Model(name.value()), total));
        translatedMillis.forEach((name, millis) -> bill.addTime(Cost.TRANSLATION, BigDecimal.valueOf(millis, 3), name));
        Duration translated = Duration.ofMillis(
                translatedMillis.values().stream().mapToLong(Long::longValue).sum());
        return new SessionUsage(
                input, output, responses, transcriptions, translated, bill.costs(), bill.unpriced(), rateLimits);
    }

    private void addResponse(Response response) {
        if (response.id() != null && isRepeated("response " + response.id())) {
            return;
        }
        Response.Status status = response.status();
        responses.merge(status == null ? new Response.Status(UNKNOWN) : status, 1, Integer::sum);
        Usage usage = response.usage();
        if (usage != null) {
            tokens.merge(model, new Tokens(TokenCounts.input(usage), TokenCounts.output(usage)), Tokens::plus);
        }
    }

    private void addTranscription(ConversationEvent.ItemInputAudioTranscriptionCompleted completed) {
        if (completed.usage() != null
                && !isRepeated("transcription " + completed.itemId() + " " + completed.contentIndex())) {
            transcriptions.merge(
                    transcriptionModel, TokenCounts.transcription(completed.usage()), TranscriptionTotal::plus);
        }
    }

    private void applySession(SessionEvent event) {
        if (event instanceof SessionEvent.Created created) {
            elapsedMillis = 0;
            adopt(created.session());
        } else if (event instanceof SessionEvent.Updated updated) {
            adopt(updated.session());
        } else if (event instanceof SessionEvent.OutputAudioDelta delta) {
            translatedUntil(delta.elapsedMs());
        } else if (event instanceof SessionEvent.OutputTranscriptDelta delta) {
            translatedUntil(delta.elapsedMs());
        } else if (event instanceof SessionEvent.InputTranscriptDelta delta) {
            translatedUntil(delta.elapsedMs());
        }
    }

    private void adopt(Session session) {
        if (session.model() != null) {
            model = session.model();
        }
        AudioConfig audio = session.audio();
        InputAudioTranscription transcription =
                audio == null || audio.input() == null ? null : audio.input().transcription();
        if (transcription != null && transcription.model() != null) {
            transcriptionModel = transcription.model();
        }
    }

    private void translatedUntil(@Nullable Integer millis) {
        if (millis != null && millis > elapsedMillis) {
            translatedMillis.merge(model, millis - elapsedMillis, Long::sum);
            elapsedMillis = millis;
        }
    }

    private void addRateLimit(RateLimitsUpdated.RateLimit told) {
        String name = told.name();
        if (name != null) {
            rateLimits.put(name, new RateLimit(name, told.limit(), told.remaining(), resetsAt(told.resetSeconds())));
        }
    }

    private @Nullable Instant resetsAt(@Nullable Double seconds) {
        if (seconds == null) {
            return null;
        }
        double bounded = Math.max(0, Math.min(seconds, LONGEST_RESET_SECONDS));
        return clock.instant().plusNanos(Math.round(bounded * 1e9));
    }

    private boolean isRepeated(String what) {
        boolean first = counted.add(what);
        if (counted.size() > REMEMBERED) {
            counted.remove(counted.iterator().next());
        }
        return !first;
    }

    /** What the responses of one model have used. */
    private record Tokens(InputTokens input, OutputTokens output) {
        Tokens plus(Tokens more) {
            return new Tokens(input.plus(more.input), output.plus(more.output));
        }
    }
}
