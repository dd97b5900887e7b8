package io.github.realtime4j.history;

import static io.github.realtime4j.history.Wire.added;
import static io.github.realtime4j.history.Wire.answer;
import static io.github.realtime4j.history.Wire.argued;
import static io.github.realtime4j.history.Wire.argues;
import static io.github.realtime4j.history.Wire.call;
import static io.github.realtime4j.history.Wire.callOutput;
import static io.github.realtime4j.history.Wire.committed;
import static io.github.realtime4j.history.Wire.done;
import static io.github.realtime4j.history.Wire.log;
import static io.github.realtime4j.history.Wire.message;
import static io.github.realtime4j.history.Wire.outputAdded;
import static io.github.realtime4j.history.Wire.outputDone;
import static io.github.realtime4j.history.Wire.partAdded;
import static io.github.realtime4j.history.Wire.partDone;
import static io.github.realtime4j.history.Wire.responseCreated;
import static io.github.realtime4j.history.Wire.responseDone;
import static io.github.realtime4j.history.Wire.said;
import static io.github.realtime4j.history.Wire.says;
import static io.github.realtime4j.history.Wire.speech;
import static io.github.realtime4j.history.Wire.spoken;
import static io.github.realtime4j.history.Wire.writes;
import static io.github.realtime4j.history.Wire.written;
import static io.github.realtime4j.history.Wire.wrote;
import static io.github.realtime4j.protocol.Item.Status.COMPLETED;
import static io.github.realtime4j.protocol.Item.Status.INCOMPLETE;
import static io.github.realtime4j.protocol.Item.Status.IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConversationLogTest {
    private static final ContentPart SILENT = new ContentPart.Audio(null, "");
    private static final ContentPart BLANK = new ContentPart.Text("");

    private static List<String> ids(ConversationLog log) {
        return log.snapshot().stream().map(HistoryItem::id).toList();
    }

    private static HistoryItem only(ConversationLog log) {
        assertThat(log.snapshot()).hasSize(1);
        return log.snapshot().get(0);
    }

    @Test
    void aWrittenAnswerGrowsFromItsAddingToItsEnd() {
        ConversationLog log = log(
                added(null, written("u", "Hi")),
                done(null, written("u", "Hi")),
                responseCreated("conv"),
                outputAdded(answer("a", IN_PROGRESS)),
                added("u", answer("a", IN_PROGRESS)));
        assertThat(ids(log)).containsExactly("u", "a");
        assertThat(log.snapshot().get(1).text()).isEmpty();

        log.apply(partAdded("a", BLANK));
        log.apply(writes("a", "Hel"));
        log.apply(writes("a", "lo"));
        assertThat(log.snapshot().get(1).text()).isEqualTo("Hello");
        assertThat(log.snapshot().get(1).done()).isFalse();

        log.apply(wrote("a", "Hello"));
        log.apply(partDone("a", new ContentPart.Text("Hello")));
        log.apply(done(null, answer("a", COMPLETED, new ContentPart.OutputText("Hello"))));
        assertThat(log.snapshot().get(1))
                .isEqualTo(
                        new HistoryItem(answer("a", COMPLETED, new ContentPart.OutputText("Hello")), true, null, null));
    }

    @Test
    void aSpokenAnswerHasItsTranscriptAndNoAudio() {
        ConversationLog log = log(
                responseCreated("conv"),
                added(null, answer("a", IN_PROGRESS)),
                partAdded("a", SILENT),
                says("a", "Hi"),
                new ResponseEvent.OutputAudioDelta(null, "r", "a", 0, 0, AudioBytes.wrap(new byte[4800])),
                says("a", " there"));

        assertThat(only(log).item()).isEqualTo(answer("a", IN_PROGRESS, speech("Hi there")));

        log.apply(said("a", "Hi there!"));
        log.apply(done(null, answer("a", COMPLETED, speech("Hi there!"))));
        assertThat(only(log).item()).isEqualTo(answer("a", COMPLETED, speech("Hi there!")));
        assertThat(only(log).role()).isEqualTo(Item.Role.ASSISTANT);
    }

    @Test
    void argumentsOfACallGrowAndItsOutputFollowsIt() {
        ConversationLog log = log(
                responseCreated("conv"),
                added(null, call("c", IN_PROGRESS, "call", "")),
                argues("c", "{\"city\":"),
                argues("c", "\"Lon"));
        assertThat(only(log).item()).isEqualTo(call("c", IN_PROGRESS, "call", "{\"city\":\"Lon"));
        assertThat(only(log).done()).isFalse();

        log.apply(argued("c", "{\"city\":\"London\"}"));
        log.apply(added("c", callOutput("o", "call", "foggy")));
        log.apply(done("c", callOutput("o", "call", "foggy")));
        log.apply(done(null, call("c", COMPLETED, "call", "{\"city\":\"London\"}")));

        assertThat(ids(log)).containsExactly("c", "o");
        assertThat(log.snapshot()).allMatch(HistoryItem::done);
        assertThat(log.snapshot().get(0).role()).isNull();
        assertThat(log.snapshot().get(0).text()).isEmpty();
    }

    @Test
    void theFirstItemOfAResponseMayEndAfterTheSecondHasBegun() {
        ConversationLog log = log(
                responseCreated("conv"),
                added(null, answer("a", IN_PROGRESS)),
                partAdded("a", BLANK),
                writes("a", "One moment"),
                added("a", call("c", IN_PROGRESS, "call", "")),
                argues("c", "{}"),
                wrote("a", "One moment."),
                done(null, answer("a", COMPLETED, new ContentPart.OutputText("One moment."))),
                argued("c", "{}"),
                done("a", call("c", COMPLETED, "call", "{}")));

        assertThat(ids(log)).containsExactly("a", "c");
        assertThat(log.snapshot().get(0).text()).isEqualTo("One moment.");
        assertThat(log.snapshot()).allMatch(HistoryItem::done);
    }

    @Test
    void theNullPredecessorOfADoneItemIsNotBelieved() {
        ConversationLog log = log(
                added(null, written("u", "Hi")),
                added("u", answer("a", IN_PROGRESS)),
                done(null, answer("a", COMPLETED, speech("Hello"))));

        assertThat(ids(log)).containsExactly("u", "a");
    }

    @Test
    void anItemGoesWhereItWasPut() {
        ConversationLog log = log(
                added(null, written("a", "1")),
                added("a", written("b", "2")),
                added(null, written("root", "0")),
                added("a", written("between", "1.5")));

        assertThat(ids(log)).containsExactly("root", "a", "between", "b");
    }

    @Test
    void itemsOutOfOrderFindTheirPlace() {
        ConversationLog log = log(
                added("b", written("c", "3")),
                done("c", written("d", "4")),
                added("a", written("b", "2")),
                added(null, written("a", "1")));

        assertThat(ids(log)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void aSidebandShowsWhatItHasSeen() {
        ConversationLog log =
                log(added("before", written("x", "1")), added("x", written("y", "2")), added("y", written("z", "3")));

        assertThat(ids(log)).containsExactly("x", "y", "z");
    }

    @Test
    void speechIsAnItemOnceItIsCommitted() {
        ConversationLog log = log(added(null, written("u", "Hi")), committed("u", "s"));

        assertThat(ids(log)).containsExactly("u", "s");
        assertThat(log.snapshot().get(1).role()).isEqualTo(Item.Role.USER);
        assertThat(log.snapshot().get(1).done()).isFalse();

        log.apply(added("u", spoken("s")));
        log.apply(done("u", spoken("s")));
        assertThat(log.snapshot().get(1)).isEqualTo(new HistoryItem(spoken("s"), true, null, null));
    }

    @Test
    void eventsThatComeTwiceChangeNothing() {
        List<ServerEvent> events = List.of(
                committed(null, "s"),
                added(null, spoken("s")),
                done(null, spoken("s")),
                outputAdded(answer("a", IN_PROGRESS)),
                added("s", answer("a", IN_PROGRESS)),
                partAdded("a", SILENT),
                said("a", "Hello"),
                partDone("a", new ContentPart.Audio(null, "Hello")),
                done(null, answer("a", COMPLETED, speech("Hello"))),
                outputDone(answer("a", COMPLETED, speech("Hello"))),
                responseDone("conv", answer("a", COMPLETED, speech("Hello"))));
        ConversationLog log = log(responseCreated("conv"));
        ConversationLog twice = log(responseCreated("conv"));
        for (ServerEvent event : events) {
            log.apply(event);
            twice.apply(event);
            twice.apply(event);
        }

        assertThat(twice.snapshot()).isEqualTo(log.snapshot()).hasSize(2);
        events.forEach(twice::apply);
        assertThat(twice.snapshot()).isEqualTo(log.snapshot());
    }

    @Test
    void deltasAfterTheEndAreIgnored() {
        ConversationLog log = log(
                added(null, answer("a", IN_PROGRESS)),
                says("a", "Hel"),
                said("a", "Hello"),
                says("a", "lo"),
                added("a", call("c", IN_PROGRESS, "call", "")),
                argued("c", "{}"),
                argues("c", "}"));
        assertThat(log.snapshot().get(0).text()).isEqualTo("Hello");
        assertThat(log.snapshot().get(1).item()).isEqualTo(call("c", IN_PROGRESS, "call", "{}"));

        log.apply(outputDone(answer("a", COMPLETED)));
        log.apply(new ResponseEvent.OutputTextDelta(null, "r", "a", 0, 1, "lo", null));
        log.apply(added(null, answer("a", IN_PROGRESS)));
        assertThat(log.snapshot().get(0).item()).isEqualTo(answer("a", COMPLETED, speech("Hello")));
    }

    @Test
    void anItemIsWhatTheServerLastSaidItIs() {
        Item.Message begun =
                new Item.Message("a", IN_PROGRESS, Item.Role.ASSISTANT, List.of(), "commentary", JsonObject.EMPTY);
        Item.Message ended = message("a", null, Item.Role.ASSISTANT, speech("Hello"));
        ConversationLog log = log(added(null, begun), done(null, ended));

        assertThat(only(log).item())
                .isEqualTo(new Item.Message(
                        "a",
                        IN_PROGRESS,
                        Item.Role.ASSISTANT,
                        List.of(speech("Hello")),
                        "commentary",
                        JsonObject.EMPTY));
        assertThat(only(log).done()).isTrue();
    }

    @Test
    void whatIsNotOfTheModelIsDoneWhenItIsAdded() {
        ConversationLog log = log(
                added(null, message("u", null, Item.Role.USER, new ContentPart.InputText("Hi"))),
                added("u", callOutput("o", "call", "foggy")),
                added("o", new Item.McpApprovalResponse("m", "request", true, null, JsonObject.EMPTY)),
                added("m", message("a", null, Item.Role.ASSISTANT)));

        assertThat(log.snapshot()).extracting(HistoryItem::done).containsExactly(true, true, true, false);
    }

    @Test
    void anItemThatIsOnlyDoneGoesToTheEnd() {
        ConversationLog log = log(
                added(null, written("u", "Hi")),
                done(null, answer("a", COMPLETED, speech("Hello"))),
                done("u", answer("b", COMPLETED, speech("Hm"))));

        assertThat(ids(log)).containsExactly("u", "b", "a");
    }

    @Test
    void aDoneItemWithoutContentKeepsWhatWasSaid() {
        ConversationLog log = log(
                added(null, answer("a", IN_PROGRESS)),
                partAdded("a", SILENT),
                says("a", "Hello there!"),
                said("a", "Hello there!"),
                partDone("a", null),
                outputDone(answer("a", COMPLETED)),
                responseDone(null, answer("a", COMPLETED, new ContentPart.Audio(null, "Hello there!"))));

        assertThat(only(log).item()).isEqualTo(answer("a", COMPLETED, speech("Hello there!")));
        assertThat(only(log).done()).isTrue();
    }

    @Test
    void theLastWordOnContentIsTheItemsOwn() {
        ConversationLog log = log(
                added(null, answer("a", IN_PROGRESS)),
                says("a", "I was about to say that"),
                done(null, answer("a", INCOMPLETE, speech("I was about"))));

        assertThat(only(log).item()).isEqualTo(answer("a", INCOMPLETE, speech("I was about")));
    }

    @Test
    void theOutputOfAnOutOfBandResponseNeverComesIn() {
        ConversationLog log = log(
                added(null, written("u", "Hi")),
                responseCreated(null),
                outputAdded(answer("x", IN_PROGRESS)),
                partAdded("x", BLANK),
                writes("x", "{\"topic\":\"greeting\"}"),
                wrote("x", "{\"topic\":\"greeting\"}"),
                outputDone(answer("x", COMPLETED, new ContentPart.OutputText("{\"topic\":\"greeting\"}"))),
                responseDone(null, answer("x", COMPLETED, new ContentPart.OutputText("{}"))));

        assertThat(ids(log)).containsExactly("u");
    }

    @Test
    void aServerWithoutItemEventsIsUnderstoodAllTheSame() {
        ConversationLog log = log(
                committed(null, "s"), responseCreated("conv"), outputAdded(answer("a", IN_PROGRESS)), says("a", "Hel"));
        assertThat(ids(log)).containsExactly("s", "a");
        assertThat(log.snapshot().get(1).text()).isEqualTo("Hel");

        log.apply(outputDone(answer("a", COMPLETED, speech("Hello"))));
        assertThat(log.snapshot().get(1).item()).isEqualTo(answer("a", COMPLETED, speech("Hello")));
    }

    @Test
    void aDoneResponseThatWasNeverSeenBringsItsItems() {
        ConversationLog log =
                log(added(null, written("u", "Hi")), responseDone("conv", answer("a", COMPLETED, speech("Hello"))));

        assertThat(ids(log)).containsExactly("u", "a");
        assertThat(log.snapshot().get(1).done()).isTrue();
    }

    @Test
    void theEndOfAResponseIsTheEndOfItsItems() {
        ConversationLog log = log(
                responseCreated("conv"),
                outputAdded(answer("a", IN_PROGRESS)),
                added(null, answer("a", IN_PROGRESS)),
                says("a", "I was"),
                responseDone("conv"));

        assertThat(only(log).done()).isTrue();
        assertThat(only(log).text()).isEqualTo("I was");
    }

    @Test
    void mcpItemsKeepTheirOutput() {
        Item listing = new Item.McpListTools("l", "docs", List.of(), JsonObject.EMPTY);
        Item begun = new Item.McpCall("m", "docs", "search", "", null, null, null, JsonObject.EMPTY);
        Item ended = new Item.McpCall("m", "docs", "search", "{}", null, "found", null, JsonObject.EMPTY);
        ConversationLog log = log(
                added(null, listing),
                done(null, listing),
                responseCreated("conv"),
                added("l", begun),
                new ResponseEvent.McpCallArgumentsDelta(null, "r", "m", 0, "{", null));
        assertThat(((Item.McpCall) log.snapshot().get(1).item()).arguments()).isEqualTo("{");

        log.apply(new ResponseEvent.McpCallArgumentsDone(null, "r", "m", 0, "{}"));
        log.apply(outputDone(ended));
        assertThat(log.snapshot().get(1).item()).isEqualTo(ended);
        assertThat(log.snapshot().get(1).done()).isTrue();
    }

    @Test
    void aSnapshotIsMadeOnceAndNeverChanges() {
        ConversationLog log = log(added(null, written("u", "Hi")), added("u", answer("a", IN_PROGRESS)));
        List<HistoryItem> before = log.snapshot();
        log.apply(new ResponseEvent.OutputAudioDelta(null, "r", "a", 0, 0, AudioBytes.wrap(new byte[480])));
        log.apply(responseCreated("conv"));
        assertThat(log.snapshot()).isSameAs(before);

        log.apply(says("a", "Hello"));
        assertThat(before.get(1).text()).isEmpty();
        assertThat(log.snapshot().get(1).text()).isEqualTo("Hello");
        assertThat(log.snapshot().get(0)).isSameAs(before.get(0));
        assertThatThrownBy(() -> before.remove(0)).isInstanceOf(UnsupportedOperationException.class);
    }
}
