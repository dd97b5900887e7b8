package io.github.realtime4j.voice;

import io.github.realtime4j.protocol.Item.Role;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What becomes of the assistant's sound when it is heard: captions, levels, events, the recording. */
final class Audience implements Playback.Listener {
    private final VoiceEvents events;
    private final Captions captions;
    private final LevelMeter level;
    private final @Nullable ConversationRecorder recorder;

    Audience(VoiceEvents events, Captions captions, int sampleRate, @Nullable ConversationRecorder recorder) {
        this.events = events;
        this.captions = captions;
        this.level = new LevelMeter(events, Role.ASSISTANT, sampleRate);
        this.recorder = recorder;
    }

    @Override
    public void heard(Speech speech, short[] samples, int offset, int length, Duration played) {
        level.add(samples, offset, length);
        captions.heard(speech, played);
        if (recorder != null) {
            recorder.assistant(samples, offset, length);
        }
    }

    @Override
    public void started(Speech speech) {
        events.tell(at -> new VoiceEvent.AssistantStarted(at, speech.part().itemId()));
    }

    @Override
    public void finished(Speech speech) {
        captions.finished(speech);
        events.tell(at -> new VoiceEvent.AssistantFinished(at, speech.part().itemId(), speech.transcript()));
    }

    /** It was not heard to the end. */
    void cut(Speech speech, Duration played) {
        if (speech.received().isZero()) {
            return;
        }
        String text = speech.transcript();
        int heard = speech.heardLength(played);
        events.tell(at -> new VoiceEvent.Interrupted(
                at,
                speech.part().itemId(),
                played,
                speech.received(),
                text.substring(0, heard),
                text.substring(heard).strip()));
    }
}
