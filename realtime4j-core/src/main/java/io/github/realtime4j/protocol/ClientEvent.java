package io.github.realtime4j.protocol;

import io.github.realtime4j.audio.AudioBytes;
import org.jspecify.annotations.Nullable;

/**
 * What a client says. Each record is one wire event and is named after it: {@code conversation.item.truncate} is {@link
 * ConversationItemTruncate}. An {@code eventId} of at most 512 characters comes back in {@link ErrorDetail#eventId} when
 * the server refuses the event.
 */
public sealed interface ClientEvent
        permits ClientEvent.SessionUpdate,
                ClientEvent.InputAudioBufferAppend,
                ClientEvent.InputAudioBufferCommit,
                ClientEvent.InputAudioBufferClear,
                ClientEvent.OutputAudioBufferClear,
                ClientEvent.ConversationItemCreate,
                ClientEvent.ConversationItemRetrieve,
                ClientEvent.ConversationItemTruncate,
                ClientEvent.ConversationItemDelete,
                ClientEvent.ResponseCreate,
                ClientEvent.ResponseCancel,
                ClientEvent.SessionInputAudioBufferAppend,
                ClientEvent.SessionClose,
                UnknownEvent {
    /** The client's own id of this event. */
    @Nullable
    String eventId();

    /** {@code session.update}: answered by {@link SessionEvent.Updated}; refused whole if any field is wrong. */
    record SessionUpdate(@Nullable String eventId, SessionConfig session) implements ClientEvent {
        public SessionUpdate(SessionConfig session) {
            this(null, session);
        }
    }

    /** {@code input_audio_buffer.append}: at most 15 MiB of audio in the session's input format; never acknowledged. */
    record InputAudioBufferAppend(@Nullable String eventId, AudioBytes audio) implements ClientEvent {
        public InputAudioBufferAppend(AudioBytes audio) {
            this(null, audio);
        }
    }

    /** {@code input_audio_buffer.commit}: makes an item of at least 100 ms of audio; starts no response. */
    record InputAudioBufferCommit(@Nullable String eventId) implements ClientEvent {
        public InputAudioBufferCommit() {
            this(null);
        }
    }

    /** {@code input_audio_buffer.clear}: answered by {@link InputAudioBufferEvent.Cleared}. */
    record InputAudioBufferClear(@Nullable String eventId) implements ClientEvent {
        public InputAudioBufferClear() {
            this(null);
        }
    }

    /** {@code output_audio_buffer.clear}: WebRTC and telephone calls only: stop playing what is left. */
    record OutputAudioBufferClear(@Nullable String eventId) implements ClientEvent {
        public OutputAudioBufferClear() {
            this(null);
        }
    }

    /**
     * {@code conversation.item.create}: answered by {@link ConversationEvent.ItemAdded} and {@link
     * ConversationEvent.ItemDone}.
     *
     * @param previousItemId the item to put it after; {@code root} for the very first place, null for the end
     */
    record ConversationItemCreate(
            @Nullable String eventId, @Nullable String previousItemId, Item item) implements ClientEvent {
        public ConversationItemCreate(Item item) {
            this(null, null, item);
        }
    }

    /** {@code conversation.item.retrieve}: answered by {@link ConversationEvent.ItemRetrieved}. */
    record ConversationItemRetrieve(@Nullable String eventId, String itemId) implements ClientEvent {
        public ConversationItemRetrieve(String itemId) {
            this(null, itemId);
        }
    }

    /**
     * {@code conversation.item.truncate}: forget what the user has not heard.
     *
     * @param contentIndex the audio part, 0 in practice
     * @param audioEndMs milliseconds of the part to keep, at most what it has
     */
    record ConversationItemTruncate(@Nullable String eventId, String itemId, int contentIndex, int audioEndMs)
            implements ClientEvent {
        public ConversationItemTruncate(String itemId, int contentIndex, int audioEndMs) {
            this(null, itemId, contentIndex, audioEndMs);
        }
    }

    /** {@code conversation.item.delete}: answered by {@link ConversationEvent.ItemDeleted}. */
    record ConversationItemDelete(@Nullable String eventId, String itemId) implements ClientEvent {
        public ConversationItemDelete(String itemId) {
            this(null, itemId);
        }
    }

    /**
     * {@code response.create}: answered by {@link ResponseEvent.Created}.
     *
     * @param response overrides for this response only; null for the session's settings
     */
    record ResponseCreate(
            @Nullable String eventId, @Nullable ResponseConfig response) implements ClientEvent {
        public ResponseCreate() {
            this(null, null);
        }

        public ResponseCreate(ResponseConfig response) {
            this(null, response);
        }
    }

    /** {@code response.cancel}: of the given response, or of the one on the default conversation. */
    record ResponseCancel(
            @Nullable String eventId, @Nullable String responseId) implements ClientEvent {
        public ResponseCancel() {
            this(null, null);
        }

        public ResponseCancel(String responseId) {
            this(null, responseId);
        }
    }

    /** {@code session.input_audio_buffer.append}: translation sessions: 24 kHz PCM, silence included. */
    record SessionInputAudioBufferAppend(@Nullable String eventId, AudioBytes audio) implements ClientEvent {
        public SessionInputAudioBufferAppend(AudioBytes audio) {
            this(null, audio);
        }
    }

    /** {@code session.close}: translation sessions: say what is left, then {@link SessionEvent.Closed}. */
    record SessionClose(@Nullable String eventId) implements ClientEvent {
        public SessionClose() {
            this(null);
        }
    }
}
