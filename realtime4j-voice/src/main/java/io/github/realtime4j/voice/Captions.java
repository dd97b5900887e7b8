package io.github.realtime4j.voice;

import io.github.realtime4j.protocol.ConversationEvent.ItemInputAudioTranscriptionCompleted;
import io.github.realtime4j.protocol.ConversationEvent.ItemInputAudioTranscriptionDelta;
import io.github.realtime4j.protocol.ConversationEvent.ItemInputAudioTranscriptionFailed;
import io.github.realtime4j.protocol.Item.Role;
import io.github.realtime4j.protocol.ServerEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Both sides in words: the user's as they come, the assistant's as they are heard. Each side is confined to one thread. */
final class Captions {
    private static final int REMEMBERED = 32;

    private final VoiceEvents events;
    private final Map<String, String> user = new LinkedHashMap<>();
    private PlaybackClock.@Nullable Part spoken;
    private String shown = "";

    Captions(VoiceEvents events) {
        this.events = events;
    }

    void user(ServerEvent event) {
        if (event instanceof ItemInputAudioTranscriptionDelta delta && delta.delta() != null) {
            String text = user.merge(delta.itemId(), delta.delta(), String::concat);
            if (user.size() > REMEMBERED) {
                user.remove(user.keySet().iterator().next());
            }
            tell(Role.USER, delta.itemId(), text, false);
        } else if (event instanceof ItemInputAudioTranscriptionCompleted whole) {
            user.remove(whole.itemId());
            tell(Role.USER, whole.itemId(), whole.transcript().strip(), true);
        } else if (event instanceof ItemInputAudioTranscriptionFailed lost) {
            user.remove(lost.itemId());
        }
    }

    /** So much of a speech has been heard. */
    void heard(Speech speech, Duration played) {
        if (!speech.part().equals(spoken)) {
            spoken = speech.part();
            shown = "";
        }
        String text = speech.transcript().substring(0, speech.heardLength(played));
        // As more words than sound come, what has been heard seems to be less: nobody unhears a word.
        if (text.length() > shown.length()) {
            shown = text;
            tell(Role.ASSISTANT, speech.part().itemId(), text, false);
        }
    }

    void finished(Speech speech) {
        if (!speech.transcript().isEmpty()) {
            tell(Role.ASSISTANT, speech.part().itemId(), speech.transcript(), true);
        }
    }

    private void tell(Role speaker, String itemId, String text, boolean isFinal) {
        events.tell(at -> new VoiceEvent.Caption(at, speaker, itemId, text, isFinal));
    }
}
