package io.github.realtime4j.cli.voice;

import io.github.realtime4j.RealtimeConnection;
import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.ConversationEvent.ItemInputAudioTranscriptionCompleted;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorEvent;
import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A spoken conversation over an open connection with turn detection on: sends what the microphone hears, plays what the
 * server says, runs the functions it calls, and when the user speaks first falls silent and then tells the server how much
 * was heard. Run by one thread.
 */
public final class VoiceConversation {
    private static final Duration TICK = Duration.ofMillis(10);

    private final RealtimeConnection connection;
    private final VoiceSettings settings;
    private final Consumer<Moment> listener;
    private final Playback playback;
    private final FunctionCalls calls;
    private final Map<String, AssistantSpeech> speeches = new HashMap<>();

    private boolean userSpeaking;
    private long userStartedAt;

    /** The server has been told, or has decided, to answer, and has not begun. */
    private boolean answerDue;

    private @Nullable String activeResponse;
    private long lastEvent = System.nanoTime();

    /**
     * @param connection whose session is configured, with formats as in the settings
     * @param listener is told what happens, on the thread that runs the conversation
     */
    public VoiceConversation(RealtimeConnection connection, VoiceSettings settings, Consumer<Moment> listener) {
        this.connection = connection;
        this.settings = settings;
        this.listener = listener;
        this.calls = new FunctionCalls(connection, settings.tools(), listener);
        this.playback = new Playback(new Loudspeaker(settings.assistantHeard()));
    }

    /** Passes on what is heard, with the words. */
    private final class Loudspeaker implements Playback.Listener {
        private final Consumer<short[]> ears;

        Loudspeaker(Consumer<short[]> ears) {
            this.ears = ears;
        }

        @Override
        public void heard(short[] samples) {
            ears.accept(samples);
        }

        @Override
        public void started(String itemId, long at) {
            listener.accept(new Moment.AssistantStarted(ConversationClock.millis(at), itemId));
        }

        @Override
        public void finished(String itemId, long at) {
            AssistantSpeech speech = speeches.get(itemId);
            listener.accept(new Moment.AssistantFinished(
                    ConversationClock.millis(at), itemId, speech == null ? "" : speech.transcript()));
        }
    }

    /**
     * Talks until the end.
     *
     * @param over asked often, on this thread
     * @throws StalledException if the server owes an answer and says nothing for as long as the settings allow
     */
    public void run(BooleanSupplier over) throws InterruptedException {
        try (MicrophoneFeed feed = new MicrophoneFeed(
                        connection,
                        settings.clock(),
                        settings.microphone(),
                        settings.inputFormat(),
                        settings.chunkMillis(),
                        settings.userHeard());
                FunctionCalls running = calls) {
            feed.start();
            while (!over.getAsBoolean()) {
                Optional<ServerEvent> event = connection.receive(TICK);
                playback.advanceTo(settings.clock().now());
                if (event.isPresent()) {
                    lastEvent = System.nanoTime();
                    handle(event.get());
                }
                running.deliver(now());
                if (running.wantsAnswer() && isFree()) {
                    running.answerAsked();
                    connection.send(new ClientEvent.ResponseCreate());
                    answerDue = true;
                }
                requireLife();
            }
        }
    }

    private void requireLife() {
        boolean owed = answerDue || activeResponse != null;
        if (owed && System.nanoTime() - lastEvent > settings.patience().toNanos()) {
            throw new StalledException(
                    "The server said nothing for " + settings.patience().toSeconds() + " s although an answer was due");
        }
    }

    private boolean isFree() {
        return !userSpeaking && !answerDue && activeResponse == null;
    }

    /** Milliseconds from the start. */
    public long now() {
        return ConversationClock.millis(playback.now());
    }

    /** Whether nobody speaks and nothing is to come. */
    public boolean isIdle() {
        return isFree() && !calls.isBusy() && playback.isSilent();
    }

    /** Whether the assistant has the floor: it is heard, or about to be. */
    public boolean isAssistantBusy() {
        return answerDue || activeResponse != null || calls.isBusy() || !playback.isSilent();
    }

    /** Whether the server's turn detection hears the user. */
    public boolean isUserSpeaking() {
        return userSpeaking;
    }

    /** Who has the floor, in a word. */
    public String doing() {
        if (userSpeaking) {
            return "user speaks";
        } else if (!playback.isSilent()) {
            return "assistant speaks";
        }
        return isAssistantBusy() ? "thinking" : "listening";
    }

    /** About what has been heard of the item that is being heard, in words. */
    public String heardText() {
        String itemId = playback.current();
        AssistantSpeech speech = itemId == null ? null : speeches.get(itemId);
        if (itemId == null || speech == null) {
            return "";
        }
        String words = speech.transcript();
        long played = playback.playedMillis(itemId);
        return words.substring(0, AssistantSpeech.heardLength(words, played, playback.receivedMillis(itemId)));
    }

    /** Milliseconds heard of the item that is being heard; 0 if nothing is. */
    public long heardMillis() {
        String itemId = playback.current();
        return itemId == null ? 0 : playback.playedMillis(itemId);
    }

    private void handle(ServerEvent event) {
        if (event instanceof ResponseEvent response) {
            handle(response);
        } else if (event instanceof InputAudioBufferEvent input) {
            handle(input);
        } else if (event instanceof ItemInputAudioTranscriptionCompleted transcription) {
            listener.accept(new Moment.UserSaid(
                    now(), transcription.itemId(), transcription.transcript().strip()));
        } else if (event instanceof ErrorEvent error) {
            handle(error);
        }
    }

    private void handle(InputAudioBufferEvent event) {
        if (event instanceof InputAudioBufferEvent.SpeechStarted started) {
            userSpeaking = true;
            userStartedAt = started.audioStartMs();
            interrupt();
            listener.accept(new Moment.UserStarted(now(), started.itemId()));
        } else if (event instanceof InputAudioBufferEvent.SpeechStopped stopped) {
            userSpeaking = false;
            listener.accept(new Moment.UserStopped(now(), stopped.itemId(), userStartedAt, stopped.audioEndMs()));
        } else if (event instanceof InputAudioBufferEvent.Committed) {
            answerDue = true;
            settings.whileServerThinks(true);
        }
    }

    /** Falls silent first; the server hears of it after that. */
    private void interrupt() {
        for (Playback.Cut cut : playback.cut()) {
            AssistantSpeech speech = speeches.get(cut.itemId());
            if (speech != null) {
                speech.cut();
                truncate(cut, speech);
                tell(cut, speech);
            }
        }
        // Of a response that the user talks into, nothing more is to be heard, whatever is still on its way.
        speeches.values().forEach(speech -> {
            if (speech.responseId().equals(activeResponse)) {
                speech.cut();
            }
        });
    }

    private void truncate(Playback.Cut cut, AssistantSpeech speech) {
        boolean running = speech.responseId().equals(activeResponse);
        if (cut.playedMillis() == 0 && !running) {
            connection.send(new ClientEvent.ConversationItemDelete(cut.itemId()));
        } else {
            int heard = (int) Math.min(cut.playedMillis(), cut.receivedMillis());
            connection.send(new ClientEvent.ConversationItemTruncate(cut.itemId(), speech.contentIndex(), heard));
        }
    }

    private void tell(Playback.Cut cut, AssistantSpeech speech) {
        String words = speech.transcript();
        int heard = AssistantSpeech.heardLength(words, cut.playedMillis(), cut.receivedMillis());
        listener.accept(new Moment.Interrupted(
                now(),
                cut.itemId(),
                words.substring(0, heard),
                words.substring(heard).strip(),
                cut.playedMillis(),
                cut.receivedMillis()));
    }

    private void handle(ResponseEvent event) {
        if (event instanceof ResponseEvent.Created created) {
            activeResponse = String.valueOf(created.responseId());
            answerDue = false;
            calls.answerAsked();
        } else if (event instanceof ResponseEvent.OutputAudioDelta delta) {
            AssistantSpeech speech = speech(delta.itemId(), delta.responseId(), delta.contentIndex());
            if (!speech.isCut()) {
                playback.enqueue(delta.itemId(), speech.decode(delta.delta()));
            }
        } else if (event instanceof ResponseEvent.OutputAudioDone done) {
            complete(done.itemId(), speech(done.itemId(), done.responseId(), done.contentIndex()));
        } else if (event instanceof ResponseEvent.OutputAudioTranscriptDelta delta) {
            speech(delta.itemId(), delta.responseId(), delta.contentIndex()).append(delta.delta());
        } else if (event instanceof ResponseEvent.OutputAudioTranscriptDone done) {
            speech(done.itemId(), done.responseId(), done.contentIndex()).transcript(done.transcript());
        } else if (event instanceof ResponseEvent.Done done) {
            handle(done);
        }
    }

    private AssistantSpeech speech(String itemId, String responseId, int contentIndex) {
        return speeches.computeIfAbsent(
                itemId, id -> new AssistantSpeech(responseId, contentIndex, settings.outputFormat()));
    }

    private void complete(String itemId, AssistantSpeech speech) {
        if (!speech.isCut()) {
            playback.enqueue(itemId, speech.rest());
        }
        playback.complete(itemId);
    }

    private void handle(ResponseEvent.Done done) {
        String id = String.valueOf(done.responseId());
        speeches.forEach((itemId, speech) -> {
            if (speech.responseId().equals(id)) {
                playback.complete(itemId);
            }
        });
        if (id.equals(activeResponse)) {
            activeResponse = null;
        }
        listener.accept(new Moment.ResponseDone(now(), done.response()));
        calls.run(now(), done.response());
        if (!calls.isBusy()) {
            settings.whileServerThinks(false);
        }
    }

    private void handle(ErrorEvent event) {
        ErrorCode code = event.error().code();
        if (ErrorCode.CONVERSATION_ALREADY_HAS_ACTIVE_RESPONSE.equals(code)) {
            answerDue = false;
        } else if (!ErrorCode.RESPONSE_CANCEL_NOT_ACTIVE.equals(code)) {
            listener.accept(new Moment.Refused(now(), event.error()));
        }
    }
}
