package io.github.realtime4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ConversationEvent.ItemInputAudioTranscriptionCompleted;
import io.github.realtime4j.protocol.ConversationEvent.ItemInputAudioTranscriptionDelta;
import io.github.realtime4j.protocol.ConversationEvent.ItemInputAudioTranscriptionFailed;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Item.Role;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TranscriptsTest {
    private final Transcripts transcripts = new Transcripts();

    private @Nullable Transcript shown(ServerEvent event) {
        AtomicReference<Transcript> shown = new AtomicReference<>();
        transcripts.show(event, shown::set);
        return shown.get();
    }

    private @Nullable Transcript heard(String itemId, @Nullable Integer contentIndex, @Nullable String delta) {
        return shown(new ItemInputAudioTranscriptionDelta(null, itemId, contentIndex, delta, null, null));
    }

    private @Nullable Transcript understood(String itemId, String whole) {
        return shown(new ItemInputAudioTranscriptionCompleted(null, itemId, 0, whole, null, null, null));
    }

    private @Nullable Transcript said(String itemId, int contentIndex, String delta) {
        return shown(new ResponseEvent.OutputAudioTranscriptDelta(null, "r1", itemId, 0, contentIndex, delta, null));
    }

    private @Nullable Transcript saidAll(String itemId, int contentIndex, String whole) {
        return shown(new ResponseEvent.OutputAudioTranscriptDone(null, "r1", itemId, 0, contentIndex, whole));
    }

    private static Transcript piece(Role role, String itemId, String delta, String text) {
        return new Transcript(role, itemId, delta, text, false, null);
    }

    private static Transcript whole(Role role, String itemId, String delta, String text) {
        return new Transcript(role, itemId, delta, text, true, null);
    }

    @Test
    void piecesAddUpAndTheWholeMakesThemFinal() {
        assertThat(said("i1", 0, "Hel")).isEqualTo(piece(Role.ASSISTANT, "i1", "Hel", "Hel"));
        assertThat(said("i1", 0, "lo")).isEqualTo(piece(Role.ASSISTANT, "i1", "lo", "Hello"));
        assertThat(saidAll("i1", 0, "Hello")).isEqualTo(whole(Role.ASSISTANT, "i1", "", "Hello"));
        assertThat(said("i1", 0, "Again")).isEqualTo(piece(Role.ASSISTANT, "i1", "Again", "Again"));
    }

    @Test
    void itemsAndPartsAreKeptApart() {
        said("i1", 0, "one");
        said("i1", 1, "two");
        heard("i2", 0, "three");
        assertThat(said("i1", 0, "!")).isEqualTo(piece(Role.ASSISTANT, "i1", "!", "one!"));
        assertThat(said("i1", 1, "?")).isEqualTo(piece(Role.ASSISTANT, "i1", "?", "two?"));
        assertThat(heard("i2", null, "…")).isEqualTo(piece(Role.USER, "i2", "…", "three…"));
    }

    @Test
    void theWholeSaysHowMuchItAddsOrNothingWhereItSaysItDifferently() {
        heard("i1", 0, "Hello");
        assertThat(understood("i1", "Hello there")).isEqualTo(whole(Role.USER, "i1", " there", "Hello there"));
        heard("i2", 0, " Hello");
        assertThat(understood("i2", "Hello there")).isEqualTo(whole(Role.USER, "i2", "", "Hello there"));
        assertThat(understood("i3", "Unheard of")).isEqualTo(whole(Role.USER, "i3", "Unheard of", "Unheard of"));
    }

    @Test
    void wordsThatAreLostAreFinalToo() {
        ErrorDetail error = new ErrorDetail("invalid_request_error", null, "No model.", null, null);
        heard("i1", 0, "Hel");
        assertThat(shown(new ItemInputAudioTranscriptionFailed(null, "i1", 0, error)))
                .isEqualTo(new Transcript(Role.USER, "i1", "", "Hel", true, error));
    }

    @Test
    void writtenAnswersCountAsWell() {
        assertThat(shown(new ResponseEvent.OutputTextDelta(null, "r1", "i1", 0, 0, "Hi", null)))
                .isEqualTo(piece(Role.ASSISTANT, "i1", "Hi", "Hi"));
        assertThat(shown(new ResponseEvent.OutputTextDone(null, "r1", "i1", 0, 0, "Hi!")))
                .isEqualTo(whole(Role.ASSISTANT, "i1", "!", "Hi!"));
    }

    @Test
    void whatWasCutShortIsForgottenWithItsItem() {
        said("i1", 0, "Hel");
        said("i2", 0, "Bye");
        Item.Message cut =
                new Item.Message("i1", Item.Status.INCOMPLETE, Role.ASSISTANT, List.of(), null, JsonObject.EMPTY);
        assertThat(shown(new ResponseEvent.OutputItemDone(null, "r1", 0, cut))).isNull();
        assertThat(said("i1", 0, "New")).isEqualTo(piece(Role.ASSISTANT, "i1", "New", "New"));
        assertThat(said("i2", 0, "!")).isEqualTo(piece(Role.ASSISTANT, "i2", "!", "Bye!"));
    }

    @Test
    void otherEventsAndEmptyDeltasSayNothing() {
        assertThat(shown(new InputAudioBufferEvent.Cleared(null))).isNull();
        assertThat(heard("i1", 0, null)).isNull();
    }
}
