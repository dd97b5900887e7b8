package io.github.realtime4j.history;

import static io.github.realtime4j.history.Wire.added;
import static io.github.realtime4j.history.Wire.answer;
import static io.github.realtime4j.history.Wire.committed;
import static io.github.realtime4j.history.Wire.deleted;
import static io.github.realtime4j.history.Wire.done;
import static io.github.realtime4j.history.Wire.log;
import static io.github.realtime4j.history.Wire.message;
import static io.github.realtime4j.history.Wire.outputAdded;
import static io.github.realtime4j.history.Wire.outputDone;
import static io.github.realtime4j.history.Wire.partDone;
import static io.github.realtime4j.history.Wire.responseCreated;
import static io.github.realtime4j.history.Wire.responseDone;
import static io.github.realtime4j.history.Wire.said;
import static io.github.realtime4j.history.Wire.says;
import static io.github.realtime4j.history.Wire.speech;
import static io.github.realtime4j.history.Wire.spoken;
import static io.github.realtime4j.history.Wire.truncated;
import static io.github.realtime4j.history.Wire.written;
import static io.github.realtime4j.protocol.Item.Status.COMPLETED;
import static io.github.realtime4j.protocol.Item.Status.INCOMPLETE;
import static io.github.realtime4j.protocol.Item.Status.IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.protocol.ConversationEvent;
import io.github.realtime4j.protocol.Item;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the log no longer has: because the server forgot it, or because it is large. */
final class ForgettingTest {
    private static List<String> ids(ConversationLog log) {
        return log.snapshot().stream().map(HistoryItem::id).toList();
    }

    private static HistoryItem only(ConversationLog log) {
        assertThat(log.snapshot()).hasSize(1);
        return log.snapshot().get(0);
    }

    @Test
    void truncationForgetsTheWordsAndRemembersThePoint() {
        ConversationLog log = log(
                added(null, answer("a", IN_PROGRESS)),
                said("a", "A long story"),
                done(null, answer("a", COMPLETED, speech("A long story"))),
                truncated("a", 1500));

        assertThat(only(log)).isEqualTo(new HistoryItem(answer("a", COMPLETED, speech(null)), true, null, 1500));
    }

    @Test
    void whatIsSaidAfterATruncationIsIgnored() {
        ConversationLog log = log(
                responseCreated("conv"),
                added(null, answer("a", IN_PROGRESS)),
                says("a", "A long"),
                truncated("a", 40),
                says("a", " story"),
                said("a", "A long story"),
                partDone("a", new ContentPart.Audio(null, "A long story")),
                done(null, answer("a", INCOMPLETE, speech("A long story"))),
                outputDone(answer("a", INCOMPLETE, speech("A long story"))),
                responseDone("conv", answer("a", INCOMPLETE, speech("A long story"))));

        assertThat(only(log)).isEqualTo(new HistoryItem(answer("a", INCOMPLETE, speech(null)), true, null, 40));
    }

    @Test
    void aDeletedItemStaysAway() {
        ConversationLog log = log(
                responseCreated("conv"),
                committed(null, "s"),
                added("s", answer("a", IN_PROGRESS)),
                says("a", "Hel"),
                deleted("a"),
                deleted("s"),
                says("a", "lo"),
                said("a", "Hello"),
                Wire.heard("s", "Good"),
                Wire.heardAll("s", "Good day"),
                truncated("a", 0),
                outputAdded(answer("a", IN_PROGRESS)),
                done(null, answer("a", INCOMPLETE, speech("Hello"))),
                outputDone(answer("a", INCOMPLETE, speech("Hello"))),
                committed(null, "s"),
                responseDone("conv", answer("a", INCOMPLETE, speech("Hello"))));

        assertThat(log.snapshot()).isEmpty();
    }

    @Test
    void anItemMayBeAddedAnewUnderTheIdOfADeletedOne() {
        ConversationLog log =
                log(added(null, spoken("s")), deleted("s"), Wire.heardAll("s", "Good day"), added(null, spoken("s")));

        assertThat(only(log)).isEqualTo(new HistoryItem(spoken("s"), true, null, null));
    }

    @Test
    void aRetrievedItemBringsNoAudioIn() {
        AudioBytes audio = AudioBytes.wrap(new byte[9600]);
        ConversationLog log = log(
                added(null, spoken("s")),
                new ConversationEvent.ItemRetrieved(
                        null,
                        message(
                                "s",
                                COMPLETED,
                                Item.Role.USER,
                                new ContentPart.InputAudio(audio, "Good day", JsonObject.EMPTY))),
                added("s", answer("a", COMPLETED, speech("Hello"))),
                new ConversationEvent.ItemRetrieved(
                        null, answer("a", COMPLETED, new ContentPart.OutputAudio(audio, null, JsonObject.EMPTY))),
                new ConversationEvent.ItemRetrieved(null, written("elsewhere", "Hm")));

        assertThat(ids(log)).containsExactly("s", "a");
        assertThat(log.snapshot().get(0).item())
                .isEqualTo(message(
                        "s",
                        COMPLETED,
                        Item.Role.USER,
                        new ContentPart.InputAudio(null, "Good day", JsonObject.EMPTY)));
        assertThat(log.snapshot().get(1).item()).isEqualTo(answer("a", COMPLETED, speech("Hello")));
    }

    @Test
    void imagesThatAreWrittenOutLeaveOnlyTheirTrace() {
        ConversationLog log = log(added(
                null,
                message(
                        "u",
                        COMPLETED,
                        Item.Role.USER,
                        new ContentPart.InputImage("data:image/png;base64,iVBORw0KGgo=", null, "low", JsonObject.EMPTY),
                        new ContentPart.InputImage("https://example.org/cat.png"),
                        new ContentPart.Unknown(JsonObject.of("type", "hum", "audio", "AAAA", "pitch", 440)))));

        assertThat(((Item.Message) only(log).item()).content())
                .containsExactly(
                        new ContentPart.InputImage(null, null, "low", JsonObject.EMPTY),
                        new ContentPart.InputImage("https://example.org/cat.png"),
                        new ContentPart.Unknown(JsonObject.of("type", "hum", "pitch", 440)));
    }

    @Test
    void aBargeInLeavesWhatWasSaidAndWhoSpoke() {
        ConversationLog log = log(
                committed(null, "s1"),
                added(null, spoken("s1")),
                done(null, spoken("s1")),
                responseCreated("conv"),
                added("s1", answer("a", IN_PROGRESS)),
                says("a", "Once upon"),
                said("a", "Once upon"),
                partDone("a", new ContentPart.Audio(null, "Once upon")),
                done(null, answer("a", INCOMPLETE, speech("Once upon"))),
                outputDone(answer("a", INCOMPLETE, speech("Once upon"))),
                responseDone("conv", answer("a", INCOMPLETE, speech("Once upon"))),
                truncated("a", 320),
                committed("a", "s2"),
                added("a", spoken("s2")),
                done("a", spoken("s2")));

        assertThat(ids(log)).containsExactly("s1", "a", "s2");
        assertThat(log.snapshot().get(1))
                .isEqualTo(new HistoryItem(answer("a", INCOMPLETE, speech(null)), true, null, 320));
    }

    @Test
    void aStaleAnchorIsTheOneThatWasDeleted() {
        ConversationLog log = log(
                added(null, written("a", "1")),
                added("a", written("b", "2")),
                deleted("b"),
                added("b", written("c", "3")));

        assertThat(ids(log)).containsExactly("a", "c");
    }
}
