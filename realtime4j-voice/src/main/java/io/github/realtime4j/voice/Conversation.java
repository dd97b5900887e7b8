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
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins the two directions of a {@link Voice} with its session. Safe from any thread. */
final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Voice.class);

    /** How often a server is told to leave the turns to this side. */
    private static final int INSISTENCE = 3;

    private final RealtimeSession session;
    private final Requests requests;
    private final Settings settings;
    private final VoiceClock clock;
    private final VoiceEvents events;
    private final Interruptions interruptions;
    private final Playback playback;
    private final TurnTaking turns;
    private final Captions captions;
    private final Audience audience;
    private final EchoCanceller echo;
    private final @Nullable InputPump input;
    private final @Nullable ConversationRecorder recorder;

    /** How often in a row the server was told, and has not heeded. */
    private final AtomicInteger insisted = new AtomicInteger();

    private volatile boolean over;

    Conversation(Voice.Builder builder, AudioSink sink, @Nullable AudioSource source, VoiceEvents events)
            throws IOException {
        this.session = builder.session;
        this.requests = new Requests(session);
        this.settings = new Settings(session);
        this.clock = builder.clock;
        this.events = events;
        this.interruptions = builder.interruptions;
        this.echo = builder.echoCanceller(sink);
        int microphoneRate = source == null ? sink.sampleRate() : source.sampleRate();
        echo.open(microphoneRate, sink.sampleRate());
        this.recorder = builder.recording == null
                ? null
                : new ConversationRecorder(builder.recording, microphoneRate, sink.sampleRate());
        this.captions = new Captions(events);
        this.audience = new Audience(events, captions, sink.sampleRate(), recorder);
        this.playback = new Playback(sink, builder.prebuffer, echo, audience);
        this.turns = new TurnTaking(interruptions, new Floor(), clock);
        this.input =
                source == null ? null : new InputPump(source, echo, settings::inputFormat, clock, events, new Model());
    }

    /**
     * Connects the session, and has it leave the turns to this side where that is wanted.
     *
     * @throws IllegalStateException if the session has ended
     * @throws RealtimeException if it cannot be connected
     */
    void connect() {
        session.connect();
        if (session.state() != SessionState.OPEN) {
            throw new IllegalStateException("The session has ended: a voice needs one that is open, or new");
        }
        configured().join();
        if (!settings.isSpoken()) {
            LOG.warn("The session's output_modalities have no audio: the model writes, and nothing of it is heard");
        }
        events.begin();
        if (input == null) {
            userGone();
        }
    }

    /** Sees to the key and to who answers, as the settings in force want it. */
    private CompletableFuture<?> configured() {
        if (input != null) {
            input.keyed(!settings.isHandsFree());
        }
        if (!settings.isHandsFree()) {
            turns.over();
        }
        TurnDetection quiet = settings.leavingTurnsToTheClient();
        if (interruptions.isImmediate() || quiet == null) {
            insisted.set(0);
            return CompletableFuture.completedFuture(null);
        }
        int times = insisted.incrementAndGet();
        if (times > INSISTENCE) {
            LOG.warn("The server goes on to answer turns by itself, or to interrupt: it was told {} times", INSISTENCE);
            return CompletableFuture.completedFuture(null);
        }
        return session.update(SessionConfig.builder().turnDetection(quiet).build());
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
            requests.ask("The turns could not be taken from the server", this::configured);
        } else if (event instanceof SessionEvent.Created) {
            // A new connection: what was said on another one is as complete as it will be.
            playback.lastWords();
            turns.over();
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
            playback.began(
                    String.valueOf(created.responseId()), created.response().outputFormat());
        } else if (event instanceof ResponseEvent.Done done) {
            playback.done(String.valueOf(done.responseId()));
            requests.forgetUnheard(done.response(), playback);
        }
    }

    /** No event follows. */
    void sessionEnded() {
        playback.finish();
        turns.over();
    }

    // The two loops.

    /** Plays until the end. */
    void play() {
        try {
            while (!over) {
                long pause = stepOutput();
                if (pause == Playback.IDLE) {
                    playback.await();
                } else {
                    clock.sleepUntil(clock.nanos() + pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed(Role.ASSISTANT, new InterruptedIOException("The thread that plays was interrupted"));
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
            failed(Role.USER, new InterruptedIOException("The thread that listens was interrupted"));
        } catch (RuntimeException | Error e) {
            LOG.error("What the user says is not sent any more", e);
            failed(Role.USER, new IOException("The input has failed: " + e, e));
        } finally {
            turns.over();
            userGone();
            if (input != null) {
                atTheEnd(input::close);
            }
        }
    }

    /** In a loop that is over: there is nobody to throw at. */
    private static void atTheEnd(Runnable last) {
        try {
            last.run();
        } catch (RuntimeException e) {
            LOG.warn("A source or a sink threw at its end", e);
        }
    }

    /** From here on nobody listens. */
    private void userGone() {
        if (recorder != null) {
            recorder.withoutUser(clock);
        }
    }

    private void failed(Role side, IOException problem) {
        if (!over) {
            events.tell(at -> new VoiceEvent.Failed(at, side, problem));
        }
        if (side.equals(Role.ASSISTANT)) {
            atTheEnd(this::fallSilent);
        }
    }

    private void fallSilent() {
        try {
            cut(playback.end());
        } finally {
            events.finish();
        }
    }

    private boolean stepInput() throws InterruptedException {
        return input != null && input.step();
    }

    /** One turn of a loop without its waiting. */
    long stepOutput() throws IOException {
        long pause = playback.step();
        if (playback.isFinished()) {
            events.finish();
        }
        return turns.watch() ? Math.min(pause, Playback.TICK) : pause;
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
                requests.commitAndRespond();
            } else {
                requests.clear();
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

    /** What turn taking decides. */
    private final class Floor implements TurnTaking.Floor {
        private static final int MANY = 3;

        private int ignored;

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
            ignored = 0;
            requests.respond();
        }

        @Override
        public void ignore(String itemId) {
            events.tell(at -> new VoiceEvent.NoiseIgnored(at, itemId));
            requests.deleteNoise(itemId);
            if (++ignored == MANY) {
                LOG.warn("{} turns in a row were taken for noise: is the microphone too quiet?", ignored);
            }
        }
    }

    // Interruption.

    /** Silent first; the server hears of it after that. */
    private void interrupt() {
        List<Playback.Cut> cuts = playback.cut();
        cut(cuts);
        if (cuts.isEmpty() && !settings.serverInterrupts()) {
            requests.stop();
        }
    }

    private void cut(List<Playback.Cut> cuts) {
        requests.interrupt(cuts);
        cuts.forEach(each -> audience.cut(each.speech(), each.played()));
    }

    // What the application says.

    void press() {
        if (settings.isHandsFree()) {
            throw new IllegalStateException(
                    "The session has turn detection: push-to-talk needs SessionConfig.turnDetection(TurnDetection.OFF)");
        }
        if (input == null) {
            throw new IllegalStateException("Push-to-talk needs a source: microphone(), or source(…)");
        }
        if (!over && input.press()) {
            interrupt();
            echo.interrupted();
            events.tell(VoiceEvent.UserStarted::new);
        }
    }

    void release() {
        if (input != null) {
            input.release();
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
        try {
            fallSilent();
        } finally {
            events.close();
        }
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
