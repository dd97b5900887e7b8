package io.github.realtime4j.cli.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.protocol.InputAudioBufferEvent.SpeechStarted;
import io.github.realtime4j.protocol.InputAudioBufferEvent.SpeechStopped;
import io.github.realtime4j.voice.VoiceEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TwoLanesTest {
    private static final Duration AT = Duration.ofSeconds(1);
    private static final VoiceEvent CUT = new VoiceEvent.Interrupted(AT, "a", AT, AT.multipliedBy(2), "I", "am");
    private static final VoiceEvent STARTED = new VoiceEvent.UserStarted(AT);
    private static final SpeechStarted SPEECH = new SpeechStarted(null, 900, "u");
    private static final SpeechStopped SILENCE = new SpeechStopped(null, 2_000, "u");

    private final TwoLanes lanes = new TwoLanes();

    private List<Object> all() throws InterruptedException {
        List<Object> told = new ArrayList<>();
        for (TwoLanes.Told next = lanes.take(); next != null; next = lanes.take()) {
            told.add(next.event());
        }
        return told;
    }

    @Test
    void anInterruptionComesBeforeTheWordsThatInterrupted() throws InterruptedException {
        lanes.session(1_000, SPEECH);
        lanes.session(2_000, SILENCE);
        assertThat(all()).isEmpty();
        lanes.voice(CUT);
        lanes.voice(STARTED);

        assertThat(all()).containsExactly(CUT, STARTED, SPEECH, SILENCE);
    }

    @Test
    void whereTheVoiceIsFirstNothingWaits() throws InterruptedException {
        lanes.voice(CUT);
        lanes.voice(STARTED);
        lanes.session(1_000, SPEECH);

        assertThat(all()).containsExactly(CUT, STARTED, SPEECH);
    }

    @Test
    void eachBeginningOfSpeechWaitsForItsOwn() throws InterruptedException {
        lanes.voice(STARTED);
        lanes.session(1_000, SPEECH);
        lanes.session(2_000, SILENCE);
        lanes.session(3_000, SPEECH);

        assertThat(all()).containsExactly(STARTED, SPEECH, SILENCE);
    }
}
