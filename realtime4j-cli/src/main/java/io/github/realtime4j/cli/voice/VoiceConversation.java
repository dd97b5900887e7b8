package io.github.realtime4j.cli.voice;

import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.SessionEnd;
import io.github.realtime4j.SessionState;
import io.github.realtime4j.audio.AudioDecoder;
import io.github.realtime4j.history.HistoryItem;
import io.github.realtime4j.protocol.ConversationEvent;
import io.github.realtime4j.protocol.ErrorEvent;
import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A spoken conversation over a session with turn detection on: sends what the microphone hears, plays what the server says,
 * and when the user speaks first falls silent and then has the session forget what was not heard. Run by one thread.
 */
public final class VoiceConversation {
    private static final long TICK_MILLIS = 10;

    private final RealtimeSession session;
    private final VoiceSettings settings;
    private final Consumer<Moment> listener;
    private final Playback playback;

    /** From the session's handlers to the thread that runs the conversation. */
    private final BlockingQueue<ServerEvent> events = new LinkedBlockingQueue<>();

    private volatile @Nullable SessionEnd end;

    /** What was heard, is being heard or waits to be, and was not cut, by item. */
    private final Map<String, AssistantSpeech> speeches = new HashMap<>();

    /** Names of the functions that run, by call. */
    private final Map<String, String> calls = new HashMap<>();

    private boolean userSpeaking;
    private long userStartedAt;

    /** The user's turn is over, and the server has not begun to answer. */
    private boolean answerDue;

    private @Nullable String activeResponse;

    /** The user spoke into this response: of what is still on its way, nothing is to be heard. */
    private @Nullable String silenced;

    private boolean held;
    private long lastEvent = System.nanoTime();

    /**
     * @param session connected, with formats as in the settings
     * @param listener is told what happens, on the thread that runs the conversation
     */
    public VoiceConversation(RealtimeSession session, VoiceSettings settings, Consumer<Moment> listener) {
        this.session = session;
        this.settings = settings;
        this.listener = listener;
        this.playback = new Playback(new Loudspeaker(settings.assistantHeard()));
        session.on(ServerEvent.class, events::add);
        session.onEnd(how -> end = how);
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
            listener.accept(new Moment.AssistantFinished(ConversationClock.millis(at), itemId, words(itemId)));
        }
    }

    /**
     * Talks until the end.
     *
     * @param over asked often, on this thread
     * @throws ConversationBrokenException if the server leaves, or owes an answer and says nothing for as long as the
     *     settings allow
     */
    public void run(BooleanSupplier over) throws InterruptedException {
        try (MicrophoneFeed feed = new MicrophoneFeed(session.input(), settings)) {
            feed.start();
            while (!over.getAsBoolean()) {
                ServerEvent event = events.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
                playback.advanceTo(settings.clock().now());
                if (event == null) {
                    requireLife();
                } else {
                    lastEvent = System.nanoTime();
                    handle(event);
                }
                settings.stopTime(held || isAnswerDue());
            }
        }
    }

    private void requireLife() {
        SessionEnd how = end;
        if (how != null && events.isEmpty()) {
            throw how.cause() != null
                    ? how.cause()
                    : new ConversationBrokenException("The session has ended: " + how.connection());
        }
        if (isAnswerDue() && System.nanoTime() - lastEvent > settings.patience().toNanos()) {
            throw new ConversationBrokenException(
                    "The server said nothing for " + settings.patience().toSeconds() + " s although an answer was due");
        }
    }

    /** Whether the assistant is going to say something, or more of it. */
    private boolean isAnswerDue() {
        boolean sessionIsBusy = !userSpeaking && session.state() == SessionState.OPEN && !session.isIdle();
        return answerDue || activeResponse != null || !calls.isEmpty() || sessionIsBusy;
    }

    /** Milliseconds from the start. */
    public long now() {
        return ConversationClock.millis(playback.now());
    }

    /** Has time stand still, where the settings allow it, whoever is to speak. */
    public void hold(boolean still) {
        held = still;
    }

    /** Whether nobody speaks and nothing is to come. */
    public boolean isIdle() {
        return !userSpeaking && !isAssistantBusy();
    }

    /** Whether the assistant has the floor: it is heard, or about to be. */
    public boolean isAssistantBusy() {
        return isAnswerDue() || !playback.isSilent();
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
        if (itemId == null) {
            return "";
        }
        String words = words(itemId);
        long played = playback.playedMillis(itemId);
        return words.substring(0, AssistantSpeech.heardLength(words, played, playback.receivedMillis(itemId)));
    }

    private String words(String itemId) {
        return session.history().stream()
                .filter(item -> item.id().equals(itemId))
                .map(HistoryItem::text)
                .collect(Collectors.joining())
                .strip();
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
        } else if (event instanceof ConversationEvent conversation) {
            handle(conversation);
        } else if (event instanceof ErrorEvent error) {
            listener.accept(new Moment.Refused(now(), error.error()));
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
        }
    }

    /** Falls silent first; the server hears of it after that. */
    private void interrupt() {
        for (Playback.Cut cut : playback.cut()) {
            AssistantSpeech speech = speeches.remove(cut.itemId());
            if (speech != null) {
                tell(cut);
                var unused =
                        session.interrupt(cut.itemId(), speech.contentIndex(), Duration.ofMillis(cut.playedMillis()));
            }
        }
        silenced = activeResponse;
    }

    private void tell(Playback.Cut cut) {
        String words = words(cut.itemId());
        int heard = AssistantSpeech.heardLength(words, cut.playedMillis(), cut.receivedMillis());
        listener.accept(new Moment.Interrupted(
                now(),
                cut.itemId(),
                words.substring(0, heard),
                words.substring(heard).strip(),
                cut.playedMillis(),
                cut.receivedMillis()));
    }

    private void handle(ConversationEvent event) {
        if (event instanceof ConversationEvent.ItemInputAudioTranscriptionCompleted transcription) {
            listener.accept(new Moment.UserSaid(
                    now(), transcription.itemId(), transcription.transcript().strip()));
        } else if (event instanceof ConversationEvent.ItemAdded added) {
            handle(added.item());
        } else if (event instanceof ConversationEvent.ItemCreated created) {
            handle(created.item());
        }
    }

    /** An item that the server has now. */
    private void handle(Item item) {
        if (item instanceof Item.FunctionCallOutput output) {
            String name = calls.remove(output.callId());
            if (name != null) {
                listener.accept(new Moment.ToolAnswered(now(), output.callId(), name, output.output()));
            }
        }
    }

    private void handle(ResponseEvent event) {
        if (event instanceof ResponseEvent.Created created) {
            activeResponse = String.valueOf(created.responseId());
            answerDue = false;
        } else if (event instanceof ResponseEvent.OutputAudioDelta delta) {
            handle(delta);
        } else if (event instanceof ResponseEvent.OutputAudioDone done) {
            complete(done.itemId());
        } else if (event instanceof ResponseEvent.OutputItemDone done
                && done.item() instanceof Item.FunctionCall call) {
            handle(call);
        } else if (event instanceof ResponseEvent.Done done) {
            handle(done);
        }
    }

    private void handle(ResponseEvent.OutputAudioDelta delta) {
        if (!delta.responseId().equals(silenced)) {
            AssistantSpeech speech = speeches.computeIfAbsent(
                    delta.itemId(),
                    id -> new AssistantSpeech(
                            delta.responseId(),
                            delta.contentIndex(),
                            new AudioDecoder(settings.outputFormat(), ConversationClock.RATE)));
            playback.enqueue(delta.itemId(), speech.decoder().decode(delta.delta()));
        }
    }

    private void complete(String itemId) {
        AssistantSpeech speech = speeches.get(itemId);
        if (speech != null) {
            playback.enqueue(itemId, speech.decoder().flush());
            playback.complete(itemId);
        }
    }

    /** The session runs it. */
    private void handle(Item.FunctionCall call) {
        String callId = String.valueOf(call.callId());
        if (call.status() == null || Item.Status.COMPLETED.equals(call.status())) {
            calls.put(callId, call.name());
            listener.accept(new Moment.ToolCalled(now(), callId, call.name(), call.arguments()));
        }
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
    }
}
