package io.github.realtime4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.session.ReadGate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResponseHandleTest {
    private static final int FIVE_SECONDS = 1 << 18;

    private final ResponseHandle handle = new ResponseHandle(Runnable::run, new ReadGate(), any -> {});

    @Test
    void whoAskedForTheResponseHearsItFromTheBeginning() {
        handle.output().keep();
        handle.output().audio(piece(100));
        handle.output().audio(piece(200));
        View<ResponseEvent.OutputAudioDelta> audio = handle.audio();
        handle.output().audio(piece(300));
        handle.done(completed());
        assertThat(sizes(audio)).containsExactly(100, 200, 300);
    }

    @Test
    void whoAskedHearsAResponseThatIsOverAlready() {
        handle.output().keep();
        handle.output().audio(piece(100));
        handle.done(completed());
        assertThat(sizes(handle.audio())).containsExactly(100);
    }

    @Test
    void audioThatNobodyHasWantedForFiveSecondsIsForgotten() {
        handle.output().keep();
        handle.output().audio(piece(FIVE_SECONDS));
        handle.output().audio(piece(1));
        View<ResponseEvent.OutputAudioDelta> late = handle.audio();
        handle.output().audio(piece(2));
        handle.done(completed());
        assertThat(sizes(late)).containsExactly(2);
    }

    @Test
    void aHandlerThatIsToldLateHearsEverythingHoweverLong() {
        handle.output().hold();
        handle.output().audio(piece(FIVE_SECONDS));
        handle.output().audio(piece(1));
        handle.done(completed());
        View<ResponseEvent.OutputAudioDelta> audio = handle.audio();
        handle.output().release();
        assertThat(sizes(audio)).containsExactly(FIVE_SECONDS, 1);
        assertThat(sizes(handle.audio())).isEmpty();
    }

    private static ResponseEvent.OutputAudioDelta piece(int bytes) {
        return new ResponseEvent.OutputAudioDelta(null, "resp_1", "item_1", 0, 0, AudioBytes.wrap(new byte[bytes]));
    }

    private static List<Integer> sizes(View<ResponseEvent.OutputAudioDelta> audio) {
        List<Integer> sizes = new ArrayList<>();
        audio.forEach(piece -> sizes.add(piece.delta().size()));
        return sizes;
    }

    private static Outcome completed() {
        return new Outcome.Completed(new Response(
                null, "resp_1", null, null, List.of(), null, null, null, null, null, null, JsonObject.EMPTY));
    }
}
