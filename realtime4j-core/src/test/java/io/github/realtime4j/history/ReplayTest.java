package io.github.realtime4j.history;

import static io.github.realtime4j.history.Wire.added;
import static io.github.realtime4j.history.Wire.answer;
import static io.github.realtime4j.history.Wire.call;
import static io.github.realtime4j.history.Wire.callOutput;
import static io.github.realtime4j.history.Wire.heard;
import static io.github.realtime4j.history.Wire.heardAll;
import static io.github.realtime4j.history.Wire.log;
import static io.github.realtime4j.history.Wire.message;
import static io.github.realtime4j.history.Wire.says;
import static io.github.realtime4j.history.Wire.speech;
import static io.github.realtime4j.history.Wire.spoken;
import static io.github.realtime4j.history.Wire.truncated;
import static io.github.realtime4j.history.Wire.written;
import static io.github.realtime4j.protocol.Item.Status.COMPLETED;
import static io.github.realtime4j.protocol.Item.Status.IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.protocol.Item;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a new session is seeded with. */
final class ReplayTest {
    @Test
    void speechIsReplayedAsTextOfWhoSpoke() {
        ConversationLog log = log(
                added(null, message("sys", COMPLETED, Item.Role.SYSTEM, new ContentPart.InputText("Be kind."))),
                added("sys", spoken("s")),
                heardAll("s", "Good day."),
                added("s", answer("a", COMPLETED, speech("Hello!"))),
                added("a", written("u", "Bye")),
                added("u", answer("b", COMPLETED, new ContentPart.OutputText("Farewell"))));

        assertThat(log.replayable())
                .containsExactly(
                        message("sys", null, Item.Role.SYSTEM, new ContentPart.InputText("Be kind.")),
                        message("s", null, Item.Role.USER, new ContentPart.InputText("Good day.")),
                        message("a", null, Item.Role.ASSISTANT, new ContentPart.OutputText("Hello!")),
                        message("u", null, Item.Role.USER, new ContentPart.InputText("Bye")),
                        message("b", null, Item.Role.ASSISTANT, new ContentPart.OutputText("Farewell")));
    }

    @Test
    void callsAndOutputsAreReplayedInPairsOnly() {
        ConversationLog log = log(
                added(null, callOutput("early", "two", "before its call")),
                added("early", call("c1", COMPLETED, "one", "{}")),
                added("c1", call("c2", COMPLETED, "two", "{}")),
                added("c2", call("c3", COMPLETED, "three", "{\"city\":\"London\"}")),
                added("c3", callOutput("o3", "three", "foggy")),
                added("o3", callOutput("again", "three", "sunny")),
                added("again", callOutput("o4", "nobody", "lost")));

        assertThat(log.replayable())
                .containsExactly(
                        new Item.FunctionCall(
                                "c3", null, "get_weather", "three", "{\"city\":\"London\"}", JsonObject.EMPTY),
                        callOutput("o3", "three", "foggy"));
    }

    @Test
    void nothingWithoutWordsIsReplayed() {
        ConversationLog log = log(
                added(null, spoken("unheard")),
                added("unheard", answer("cut", COMPLETED, speech("A long story"))),
                truncated("cut", 900),
                added("cut", message("image", COMPLETED, Item.Role.USER, new ContentPart.InputImage("data:,x"))),
                added("image", new Item.McpListTools("l", "docs", List.of(), JsonObject.EMPTY)),
                added("l", answer("begun", IN_PROGRESS)),
                says("begun", "I was about"));

        assertThat(log.replayable()).isEmpty();
    }

    @Test
    void whatTheUserHasSaidSoFarIsReplayed() {
        ConversationLog log = log(added(null, spoken("s")), heard("s", "Tell me"));

        assertThat(log.replayable())
                .containsExactly(message("s", null, Item.Role.USER, new ContentPart.InputText("Tell me")));
    }
}
