package io.github.realtime4j.history;

import static io.github.realtime4j.history.Wire.added;
import static io.github.realtime4j.history.Wire.answer;
import static io.github.realtime4j.history.Wire.committed;
import static io.github.realtime4j.history.Wire.done;
import static io.github.realtime4j.history.Wire.error;
import static io.github.realtime4j.history.Wire.heard;
import static io.github.realtime4j.history.Wire.heardAll;
import static io.github.realtime4j.history.Wire.heardSegment;
import static io.github.realtime4j.history.Wire.log;
import static io.github.realtime4j.history.Wire.message;
import static io.github.realtime4j.history.Wire.notHeard;
import static io.github.realtime4j.history.Wire.speech;
import static io.github.realtime4j.history.Wire.spoken;
import static io.github.realtime4j.history.Wire.truncated;
import static io.github.realtime4j.history.Wire.written;
import static io.github.realtime4j.protocol.Item.Status.COMPLETED;
import static io.github.realtime4j.protocol.Item.Status.IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.history.HistoryItem.Transcription;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.protocol.Item;
import org.junit.jupiter.api.Test;

/** The user's words, which come whenever they come. */
final class TranscriptionTest {
    private static HistoryItem first(ConversationLog log) {
        return log.snapshot().get(0);
    }

    @Test
    void wordsGrowWhileTheyAreHeardAndAreReplacedByTheWhole() {
        ConversationLog log = log(added(null, spoken("s")), done(null, spoken("s")));
        assertThat(first(log).transcription()).isNull();

        log.apply(heard("s", " Hello"));
        log.apply(heard("s", ", my name"));
        assertThat(first(log).text()).isEqualTo(" Hello, my name");
        assertThat(first(log).transcription()).isEqualTo(new Transcription.InProgress());
        assertThat(first(log).done()).isTrue();

        log.apply(heardAll("s", "Hello, my name is Marcelo."));
        assertThat(first(log).text()).isEqualTo("Hello, my name is Marcelo.");
        assertThat(first(log).transcription()).isEqualTo(new Transcription.Completed());
    }

    @Test
    void wordsThatComeBeforeTheirItemWaitForIt() {
        ConversationLog log = log(heard("s", " Good"), heard("s", " day"));
        assertThat(log.snapshot()).isEmpty();

        log.apply(committed(null, "s"));
        assertThat(first(log).text()).isEqualTo(" Good day");

        log.apply(added(null, spoken("s")));
        log.apply(done(null, spoken("s")));
        assertThat(first(log).text()).isEqualTo(" Good day");
        log.apply(heardAll("s", "Good day."));
        assertThat(first(log).item())
                .isEqualTo(message(
                        "s",
                        COMPLETED,
                        Item.Role.USER,
                        new ContentPart.InputAudio(null, "Good day.", JsonObject.EMPTY)));
    }

    @Test
    void aTranscriptThatIsCompleteBeforeItsItemIsNotLost() {
        ConversationLog log = log(heardAll("s", "Good day."), added(null, spoken("s")), done(null, spoken("s")));

        assertThat(first(log).text()).isEqualTo("Good day.");
        assertThat(first(log).transcription()).isEqualTo(new Transcription.Completed());
    }

    @Test
    void aFailureIsToldAndTheWordsSoFarStay() {
        ConversationLog log = log(
                added(null, spoken("s")),
                heard("s", "Hel"),
                notHeard("s", "Input transcription failed for item 's'."),
                heard("s", "lo"));

        assertThat(first(log).transcription())
                .isEqualTo(new Transcription.Failed(error("Input transcription failed for item 's'.")));
        assertThat(first(log).text()).isEqualTo("Hel");
    }

    @Test
    void laterTurnsMayBeTranscribedFirst() {
        ConversationLog log = log(
                added(null, spoken("one")),
                added("one", spoken("two")),
                heardAll("two", "Second"),
                heardAll("one", "First"));

        assertThat(log.snapshot()).extracting(HistoryItem::text).containsExactly("First", "Second");
    }

    @Test
    void aServerThatCompletesAgainAndAgainHasTheLastWord() {
        ConversationLog log = log(
                added(null, message("s", IN_PROGRESS, Item.Role.USER)),
                heardAll("s", "Hello"),
                heard("s", " ?"),
                heardAll("s", "Hello there"));

        assertThat(log.snapshot()).extracting(HistoryItem::text).containsExactly("Hello there");
    }

    @Test
    void segmentsAreWordsToo() {
        ConversationLog log = log(
                added(null, spoken("s")), heardSegment("s", "A", " How are you?"), heardSegment("s", "B", " Fine. "));
        assertThat(first(log).text()).isEqualTo("How are you? Fine.");
        assertThat(first(log).transcription()).isEqualTo(new Transcription.InProgress());

        log.apply(heardAll("s", "How are you? Fine."));
        log.apply(heardSegment("s", "B", "Thanks"));
        assertThat(first(log).text()).isEqualTo("How are you? Fine.");
    }

    @Test
    void segmentsBesideDeltasAreNotHeardTwice() {
        ConversationLog log = log(
                added(null, spoken("s")),
                heard("s", "How are you?"),
                heardSegment("s", "A", "How are you?"),
                heard("s", " Fine."),
                heardSegment("s", "B", "Fine."));

        assertThat(first(log).text()).isEqualTo("How are you? Fine.");
    }

    @Test
    void theTranscriptOfAMixedMessageGoesToItsSpeech() {
        ConversationLog log = log(
                added(
                        null,
                        message(
                                "s",
                                COMPLETED,
                                Item.Role.USER,
                                new ContentPart.InputText("Listen: "),
                                new ContentPart.InputAudio(null, null, JsonObject.EMPTY))),
                heardAll("s", "knock knock"));

        assertThat(first(log).text()).isEqualTo("Listen: knock knock");
    }

    @Test
    void aTranscriptLeavesWrittenWordsAlone() {
        ConversationLog log = log(added(null, written("u", "Hi")), heardAll("u", "Hm?"));

        assertThat(first(log)).isEqualTo(new HistoryItem(written("u", "Hi"), true, null, null));
    }

    @Test
    void truncatedSpeechIsNotTranscribedAnyMore() {
        ConversationLog log = log(
                added(null, answer("a", COMPLETED, speech("A long story"))),
                truncated("a", 500),
                heard("a", "A long"),
                heardAll("a", "A long story"));

        assertThat(first(log)).isEqualTo(new HistoryItem(answer("a", COMPLETED, speech(null)), true, null, 500));
    }

    @Test
    void announcedSpeechThatNeverBecomesAnItemIsForgotten() {
        ConversationLog log = log();
        for (int i = 0; i < 100; i++) {
            log.apply(heard("s" + i, "Hm"));
        }
        log.apply(added(null, spoken("s0")));
        log.apply(added("s0", spoken("s99")));

        assertThat(log.snapshot()).extracting(HistoryItem::text).containsExactly("", "Hm");
    }
}
