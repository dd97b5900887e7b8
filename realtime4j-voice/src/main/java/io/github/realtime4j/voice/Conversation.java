package io.github.realtime4j.voice;

import io.github.realtime4j.RealtimeException;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.SessionState;
import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.Item.Role;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.SessionEvent;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.voice.PlaybackClock.Part;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins the two directions of a {@link Voice} with its session. Safe from any thread. */
final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Voice.class);

    private final RealtimeSession session;
    private final Settings settings;
    private final VoiceClock clock;
    private final VoiceEvents events;
    private final Interruptions interruptions;
    private final Playback playback;
    private final TurnTaking turns;
    private final Captions captions;
    private final LevelMeter assistantLevel;
    private final @Nullable InputPump input;
    private final @Nullable ConversationRecorder recorder;
    private volatile boolean over;

    Conversation(Voice.Builder builder, AudioSink sink, @Nullable AudioSource source, VoiceEvents events)
            throws IOException {
        this.session = builder.session;
        this.settings = new Settings(session);
        this.clock = builder.clock;
        this.events = events;
        this.interruptions = builder.interruptions;
        EchoCanceller echo = builder.echoCanceller(sink);
        int microphoneRate = source == null ? sink.sampleRate() : source.sampleRate();
        echo.open(microphoneRate, sink.sampleRate());
        this.captions = new Captions(events);
        this.assistantLevel = new LevelMeter(events, Role.ASSISTANT, sink.sampleRate());
        this.playback = new Playback(sink, builder.prebuffer, echo, new Ear());
        this.turns = new TurnTaking(interruptions, new Floor(), clock);
        this.input =
                source == null ? null : new InputPump(source, echo, settings::inputFormat, clock, events, new Model());
        this.recorder = builder.recording == null
                ? null
                : new ConversationRecorder(builder.recording, microphoneRate, sink.sampleRate());
    }

    /** Connects the session, and has it leave the turns to this side where that is wanted. */
    void connect() {
        if (session.state() == SessionState.NEW) {
            session.connect();
        }
        configured();
        TurnDetection quiet = settings.leavingTurnsToTheClient();
        if (!interruptions.isImmediate() && quiet != null) {
            session.update(SessionConfig.builder().turnDetection(quiet).build()).join();
        }
    }

    private void configured() {
        if (input != null) {
            boolean keyed = !settings.isHandsFree();
            if (keyed && input.key() == InputPump.Key.NONE) {
                input.key(InputPump.Key.UP);
            } else if (!keyed) {
                input.key(InputPump.Key.NONE);
            }
        }
    }

    // What the server says; one event after the other.

    void event(ServerEvent event) {
        if (event instanceof ResponseEvent response) {
            response(response);
        } else if (event instanceof InputAudioBufferEvent.SpeechStarted) {
            turns.event(event);
            events.tell(VoiceEvent.UserStarted::new);
        } else if (event instanceof InputAudioBufferEvent.SpeechStopped) {
            turns.event(event);
            events.tell(VoiceEvent.UserStopped::new);
        } else if (event instanceof SessionEvent.Updated) {
            configured();
        } else if (event instanceof SessionEvent.Created) {
            // A new connection: what was said on another one is as complete as it will be.
            playback.lastWords();
        } else {
            captions.user(event);
            turns.event(event);
        }
    }

    private void response(ResponseEvent event) {
        if (event instanceof ResponseEvent.OutputAudioDelta delta) {
            playback.add(delta, settings.outputFormat());
        } else if (event instanceof ResponseEvent.OutputAudioTranscriptDelta delta) {
            Part part = new Part(delta.itemId(), delta.contentIndex());
            playback.append(part, delta.responseId(), settings.outputFormat(), delta.delta());
        } else if (event instanceof ResponseEvent.OutputAudioTranscriptDone done) {
            playback.transcript(new Part(done.itemId(), done.contentIndex()), done.transcript());
        } else if (event instanceof ResponseEvent.OutputAudioDone done) {
            playback.complete(new Part(done.itemId(), done.contentIndex()));
        } else if (event instanceof ResponseEvent.Created created) {
            playback.began(String.valueOf(created.responseId()));
        } else if (event instanceof ResponseEvent.Done done) {
            playback.done(String.valueOf(done.responseId()));
        }
    }

    void sessionEnded() {
        playback.lastWords();
    }

    // The two loops.

    /** Plays until the end. */
    void play() {
        try {
            while (!over) {
                long pause = playback.step();
                if (pause == Playback.IDLE) {
                    playback.await();
                } else {
                    clock.sleepUntil(clock.nanos() + pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException broken) {
            failed(Role.ASSISTANT, broken);
        } catch (RuntimeException | Error e) {
            LOG.error("What the model says is not played any more", e);
            failed(Role.ASSISTANT, new IOException("The output has failed: " + e, e));
        }
    }

    /** Listens until the end. */
    void listen() {
        try {
            while (!over && stepInput()) {
                turns.tick();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("What the user says is not sent any more", e);
            failed(Role.USER, new IOException("The input has failed: " + e, e));
        }
    }

    private void failed(Role side, IOException problem) {
        if (!over) {
            events.tell(at -> new VoiceEvent.Failed(at, side, problem));
        }
        if (side.equals(Role.ASSISTANT)) {
            playback.end();
        }
    }

    private boolean stepInput() throws InterruptedException {
        return input != null && input.step();
    }

    /** One turn of both loops without their waiting. */
    long stepOutput() throws IOException {
        return playback.step();
    }

    void stepListening() throws InterruptedException {
        if (stepInput()) {
            turns.tick();
        }
    }

    /** What the input does with its pieces. */
    private final class Model implements InputPump.Model {
        @Override
        public void append(AudioBytes audio) {
            session.input().append(audio);
        }

        @Override
        public void turnEnded(boolean longEnough) {
            events.tell(VoiceEvent.UserStopped::new);
            if (longEnough) {
                report("The turn could not be committed", session.input().commit());
                session.respond();
            } else {
                report("The turn could not be cleared", session.input().clear());
            }
        }

        @Override
        public void heard(short[] samples) {
            if (recorder != null) {
                recorder.user(samples, samples.length, unheard() > 0);
            }
        }

        @Override
        public long unheard() {
            return playback.unheard();
        }
    }

    private static void report(String what, CompletableFuture<?> command) {
        var unused = command.whenComplete((done, refusal) -> {
            if (refusal != null) {
                LOG.warn("{}: {}", what, refusal.getMessage());
            }
        });
    }

    /** What becomes of the sound. */
    private final class Ear implements Playback.Listener {
        @Override
        public void heard(Speech speech, short[] samples, int offset, int length, Duration played) {
            assistantLevel.add(samples, offset, length);
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
    }

    /** What turn taking decides. */
    private final class Floor implements TurnTaking.Floor {
        @Override
        public int activeMs() {
            return input == null ? Integer.MAX_VALUE : input.activity().activeMs();
        }

        @Override
        public int soundingMs() {
            return input == null ? 0 : input.activity().soundingMs();
        }

        @Override
        public boolean isTranscribed() {
            return settings.isTranscribed();
        }

        @Override
        public boolean hold() {
            boolean speaks = !playback.isSilent();
            if (speaks) {
                playback.hold(Playback.Hold.TURN);
            }
            return speaks;
        }

        @Override
        public void resume() {
            playback.resume(Playback.Hold.TURN);
            events.tell(VoiceEvent.Resumed::new);
        }

        @Override
        public void interrupt() {
            Conversation.this.interrupt();
        }

        @Override
        public void answer() {
            try {
                session.respond();
            } catch (RealtimeException ended) {
                LOG.debug("There was nobody to answer a turn", ended);
            }
        }

        @Override
        public void ignore(String itemId) {
            events.tell(at -> new VoiceEvent.NoiseIgnored(at, itemId));
            report("The noise could not be deleted", session.items().delete(itemId));
        }
    }

    // Interruption.

    /** Silent first; the server hears of it after that. */
    private void interrupt() {
        List<Playback.Cut> cuts = playback.cut();
        try {
            for (Playback.Cut cut : cuts) {
                Part part = cut.speech().part();
                report(
                        "The interruption could not be told",
                        session.interrupt(part.itemId(), part.contentIndex(), cut.played()));
            }
            if (cuts.isEmpty() && !settings.serverInterrupts()) {
                session.cancel();
            }
        } catch (RealtimeException | IllegalStateException ended) {
            LOG.debug("There was nobody to tell of an interruption", ended);
        }
        cuts.forEach(this::tell);
    }

    private void tell(Playback.Cut cut) {
        Speech speech = cut.speech();
        if (speech.received().isZero()) {
            return;
        }
        String text = speech.transcript();
        int heard = speech.heardLength(cut.played());
        events.tell(at -> new VoiceEvent.Interrupted(
                at,
                speech.part().itemId(),
                cut.played(),
                speech.received(),
                text.substring(0, heard),
                text.substring(heard).strip()));
    }

    // What the application says.

    void press() {
        if (settings.isHandsFree()) {
            throw new IllegalStateException(
                    "The session has turn detection: push-to-talk needs SessionConfig.turnDetection(TurnDetection.OFF)");
        }
        interrupt();
        if (input != null) {
            input.key(InputPump.Key.DOWN);
        }
        events.tell(VoiceEvent.UserStarted::new);
    }

    void release() {
        if (input != null && input.key() == InputPump.Key.DOWN) {
            input.key(InputPump.Key.RELEASED);
        }
    }

    void muted(boolean muted) {
        if (input != null) {
            input.muted(muted);
        }
    }

    boolean isMuted() {
        return input != null && input.isMuted();
    }

    void pause() {
        if (input != null) {
            input.paused(true);
        }
        playback.hold(Playback.Hold.PAUSE);
    }

    void resume() {
        if (input != null) {
            input.paused(false);
        }
        playback.resume(Playback.Hold.PAUSE);
    }

    PlaybackClock playback() {
        return playback.clock();
    }

    boolean isSilent() {
        return playback.isSilent();
    }

    int retained() {
        return playback.retained();
    }

    Duration elapsed() {
        return events.elapsed();
    }

    /** The loops end. */
    void end() {
        over = true;
        events.close();
        playback.end();
    }

    void close() {
        if (recorder != null) {
            try {
                recorder.close();
            } catch (IOException e) {
                LOG.warn("The recording could not be finished", e);
            }
        }
    }
}
