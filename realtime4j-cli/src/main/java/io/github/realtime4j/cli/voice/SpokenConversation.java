package io.github.realtime4j.cli.voice;

import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.SessionEnd;
import io.github.realtime4j.protocol.ConversationEvent;
import io.github.realtime4j.protocol.ErrorEvent;
import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Item.Role;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.voice.PlaybackClock;
import io.github.realtime4j.voice.Voice;
import io.github.realtime4j.voice.VoiceEvent;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A voice and its session as one story: what is heard and what the server says come on threads of their own, and are told in
 * one order, on the thread that runs the conversation. Confined to that thread.
 */
public final class SpokenConversation implements AutoCloseable {
    private final RealtimeSession session;
    private final ConversationClock clock;
    private final Duration patience;
    private final Consumer<Moment> listener;
    private final TwoLanes lanes = new TwoLanes();
    private final Floor floor;

    private volatile @Nullable SessionEnd end;
    private @Nullable Voice voice;

    private boolean keyed;
    private long userStartedAt;

    private String caption = "";
    private double level = Double.NEGATIVE_INFINITY;
    private long lastEvent = System.nanoTime();

    /**
     * @param clock its time; stands still until it begins
     * @param patience how long the server may be silent while an answer is due
     * @param listener is told what happens, on the thread that runs the conversation
     */
    public SpokenConversation(
            RealtimeSession session, ConversationClock clock, Duration patience, Consumer<Moment> listener) {
        this.session = session;
        this.clock = clock;
        this.patience = patience;
        this.listener = listener;
        this.floor = new Floor(session);
    }

    /** Begins, and lets the clock go. */
    public void start(Voice.Builder parts) {
        session.on(ServerEvent.class, event -> lanes.session(millis(), event));
        session.onEnd(how -> end = how);
        voice = parts.clock(clock).on(VoiceEvent.class, lanes::voice).start();
        clock.go();
    }

    /** Milliseconds from the start. */
    public long millis() {
        return clock.millis();
    }

    /**
     * Talks until the end.
     *
     * @param over asked often, on this thread
     * @throws ConversationBrokenException if the server leaves, or owes an answer and says nothing for as long as the
     *     settings allow; if there is no sound any more
     */
    public void run(BooleanSupplier over) throws InterruptedException {
        while (!over.getAsBoolean()) {
            TwoLanes.Told told = lanes.take();
            if (told == null) {
                requireLife();
            } else {
                handle(told);
            }
        }
    }

    private void requireLife() {
        SessionEnd how = end;
        if (how != null && lanes.isEmpty()) {
            throw how.cause() != null
                    ? how.cause()
                    : new ConversationBrokenException("The session has ended: " + how.connection());
        }
        if (isAnswerDue() && System.nanoTime() - lastEvent > patience.toNanos()) {
            throw new ConversationBrokenException(
                    "The server said nothing for " + patience.toSeconds() + " s although an answer was due");
        }
    }

    private Voice voice() {
        if (voice == null) {
            throw new IllegalStateException("Not started");
        }
        return voice;
    }

    // What goes on.

    /** Whether the assistant is going to say something, or more of it. */
    public boolean isAnswerDue() {
        return floor.isAnswerDue();
    }

    /** Whether nobody speaks and nothing is to come. */
    public boolean isIdle() {
        return !floor.isUserSpeaking() && !isAssistantBusy();
    }

    /** Whether the assistant has the floor: it is heard, or about to be. */
    public boolean isAssistantBusy() {
        return isAnswerDue() || !voice().isSilent();
    }

    /** Whether the server's turn detection hears the user, or the user holds the key. */
    public boolean isUserSpeaking() {
        return floor.isUserSpeaking();
    }

    /** Whether something of the assistant is heard, or waits for its turn. */
    public boolean isAssistantSpeaking() {
        return !voice().isSilent();
    }

    /** What somebody is saying right now, as far as it has been heard; empty if nobody is. */
    public String caption() {
        return caption;
    }

    /** How loud the user is, in dBFS. */
    public double level() {
        return level;
    }

    /** How much has been heard of the item that is being heard. */
    public Duration heard() {
        PlaybackClock.Part part = voice().playback().current();
        return part == null ? Duration.ZERO : voice().playback().heard(part);
    }

    // What the user does.

    /** The user speaks; the session has no turn detection. */
    public void press() {
        keyed = true;
        voice().press();
    }

    public void release() {
        voice().release();
    }

    /** The user is not heard, or again. */
    public void toggleMute() {
        if (isMuted()) {
            voice().unmute();
        } else {
            voice().mute();
        }
    }

    public boolean isMuted() {
        return voice().isMuted();
    }

    // What happens.

    private void handle(TwoLanes.Told told) {
        if (told.event() instanceof VoiceEvent event) {
            voice(event, event.at().toMillis());
        } else if (told.event() instanceof ServerEvent event) {
            lastEvent = System.nanoTime();
            session(event, told.at());
        }
    }

    private void voice(VoiceEvent event, long at) {
        if (event instanceof VoiceEvent.Level loudness && loudness.speaker().equals(Role.USER)) {
            level = loudness.rms();
        } else if (event instanceof VoiceEvent.Caption words) {
            caption = words.isFinal() ? "" : words.text();
        } else if (event instanceof VoiceEvent.AssistantStarted started) {
            listener.accept(new Moment.AssistantStarted(at, started.itemId()));
        } else if (event instanceof VoiceEvent.AssistantFinished finished) {
            caption = "";
            listener.accept(new Moment.AssistantFinished(at, finished.itemId(), finished.transcript()));
        } else if (event instanceof VoiceEvent.Interrupted cut) {
            caption = "";
            listener.accept(new Moment.Interrupted(
                    at,
                    cut.itemId(),
                    cut.heardText(),
                    cut.unheardText(),
                    cut.played().toMillis(),
                    cut.received().toMillis()));
        } else if (event instanceof VoiceEvent.Resumed) {
            listener.accept(new Moment.Resumed(at));
        } else if (event instanceof VoiceEvent.NoiseIgnored ignored) {
            floor.ignored(ignored.itemId());
            listener.accept(new Moment.NoiseIgnored(at));
        } else if (event instanceof VoiceEvent.Failed failed) {
            throw new ConversationBrokenException((failed.speaker().equals(Role.USER)
                            ? "The user cannot be heard any more: "
                            : "The assistant cannot be heard any more: ")
                    + failed.problem().getMessage());
        } else if (keyed) {
            key(event, at);
        }
    }

    /** With a key it is not the server that knows when the user speaks. */
    private void key(VoiceEvent event, long at) {
        if (event instanceof VoiceEvent.UserStarted) {
            floor.userSpeaks(true);
            userStartedAt = at;
            listener.accept(new Moment.UserStarted(at, ""));
        } else if (event instanceof VoiceEvent.UserStopped) {
            floor.userSpeaks(false);
            listener.accept(new Moment.UserStopped(at, "", userStartedAt, at));
        }
    }

    private void session(ServerEvent event, long at) {
        if (event instanceof ResponseEvent response) {
            response(response, at);
        } else if (event instanceof InputAudioBufferEvent input) {
            input(input, at);
        } else if (event instanceof ConversationEvent.ItemInputAudioTranscriptionCompleted words) {
            listener.accept(
                    new Moment.UserSaid(at, words.itemId(), words.transcript().strip()));
        } else if (event instanceof ConversationEvent.ItemAdded added) {
            item(added.item(), at);
        } else if (event instanceof ConversationEvent.ItemCreated created) {
            item(created.item(), at);
        } else if (event instanceof ErrorEvent error) {
            listener.accept(new Moment.Refused(at, error.error()));
        }
    }

    private void input(InputAudioBufferEvent event, long at) {
        if (event instanceof InputAudioBufferEvent.SpeechStarted started) {
            floor.userSpeaks(true);
            userStartedAt = started.audioStartMs();
            listener.accept(new Moment.UserStarted(at, started.itemId()));
        } else if (event instanceof InputAudioBufferEvent.SpeechStopped stopped) {
            floor.userSpeaks(false);
            listener.accept(new Moment.UserStopped(at, stopped.itemId(), userStartedAt, stopped.audioEndMs()));
        } else if (event instanceof InputAudioBufferEvent.Committed committed) {
            floor.committed(committed.itemId());
        }
    }

    /** An item that the server has now. */
    private void item(Item item, long at) {
        if (item instanceof Item.FunctionCallOutput output) {
            String name = floor.answered(output.callId());
            if (name != null) {
                listener.accept(new Moment.ToolAnswered(at, output.callId(), name, output.output()));
            }
        }
    }

    private void response(ResponseEvent event, long at) {
        if (event instanceof ResponseEvent.Created created) {
            floor.began(String.valueOf(created.responseId()));
        } else if (event instanceof ResponseEvent.OutputItemDone done
                && done.item() instanceof Item.FunctionCall call) {
            call(call, at);
        } else if (event instanceof ResponseEvent.Done done) {
            floor.done(String.valueOf(done.responseId()));
            listener.accept(new Moment.ResponseDone(at, done.response()));
        }
    }

    /** The session runs it. */
    private void call(Item.FunctionCall call, long at) {
        String callId = String.valueOf(call.callId());
        if (call.status() == null || Item.Status.COMPLETED.equals(call.status())) {
            floor.called(callId, call.name());
            listener.accept(new Moment.ToolCalled(at, callId, call.name(), call.arguments()));
        }
    }

    /** Silent at once; the files are complete. The session stays. */
    @Override
    public void close() {
        if (voice != null) {
            voice.close();
        }
    }
}
