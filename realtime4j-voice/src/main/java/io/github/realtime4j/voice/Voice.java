package io.github.realtime4j.voice;

import io.github.realtime4j.RealtimeException;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.Subscription;
import io.github.realtime4j.protocol.ServerEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session as a spoken conversation: what a source hears goes to the model, what the model says goes to a sink, and when the
 * user speaks first, the sink is silent at once and the model is told how much of it was heard.
 *
 * <pre>{@code
 * try (Voice voice = Voice.attach(session).microphone().speaker().start()) {
 *     voice.ended().join();
 * }
 * }</pre>
 *
 * <p>With the session's turn detection the conversation is hands-free; without ({@code TurnDetection.OFF}) it is
 * push-to-talk: {@link #press} and {@link #release}. Any thread may call.
 */
public final class Voice implements AutoCloseable {
    private final Conversation conversation;
    private final AudioSink sink;
    private final @Nullable AudioSource source;
    private final List<Thread> threads = new ArrayList<>();
    private final List<ExecutorService> executors = new ArrayList<>();
    private final VoiceEvents told;
    private final Subscription toEvents;
    private final CompletableFuture<?> toEnd;
    private boolean closed;

    private Voice(Builder builder, AudioSink sink, @Nullable AudioSource source) throws IOException {
        this.sink = sink;
        this.source = source;
        Executor handlers = builder.executor == null ? executor(builder, "handlers") : builder.executor;
        Executor events = builder.executor == null ? executor(builder, "events") : builder.executor;
        this.told = new VoiceEvents(builder.clock, builder.handlers, handlers);
        this.conversation = new Conversation(builder, sink, source, told);
        this.toEvents = builder.session.on(ServerEvent.class, events, conversation::event);
        // Behind the last of them, and not behind the application's handlers.
        this.toEnd = builder.session.ended().thenRun(() -> events.execute(conversation::sessionEnded));
    }

    private Executor executor(Builder builder, String name) {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> builder.thread(task, name));
        executors.add(executor);
        return task -> {
            try {
                executor.execute(task);
            } catch (RejectedExecutionException closed) {
                // The session must not suffer from it; a handler that was cancelled does nothing.
                task.run();
            }
        };
    }

    /** Makes a voice of a session, which may be connected already, or else is by {@link Builder#start}. */
    public static Builder attach(RealtimeSession session) {
        return new Builder(session);
    }

    private void run(Builder builder) {
        threads.add(builder.thread(conversation::play, "output"));
        if (source != null) {
            threads.add(builder.thread(conversation::listen, "input"));
        }
        threads.forEach(Thread::start);
    }

    Conversation conversation() {
        return conversation;
    }

    /** The model hears silence instead of the user. */
    public void mute() {
        conversation.muted(true);
    }

    public void unmute() {
        conversation.muted(false);
    }

    public boolean isMuted() {
        return conversation.isMuted();
    }

    /** Nothing is sent, and what the model says waits. The source goes on: what comes from it meanwhile is lost. */
    public void pause() {
        conversation.pause();
    }

    /** The model's speech goes on where it was paused, and the user is heard again. */
    public void resume() {
        conversation.resume();
    }

    /**
     * Push-to-talk: the user speaks from now on; the assistant, if it speaks, is interrupted.
     *
     * @throws IllegalStateException if the session has turn detection, or the voice no source
     */
    public void press() {
        conversation.press();
    }

    /** Push-to-talk: the user has spoken, and the model answers. A press of less than a tenth of a second is none. */
    public void release() {
        conversation.release();
    }

    /** What has been heard of the assistant. */
    public PlaybackClock playback() {
        return conversation.playback();
    }

    /** Whether nothing of the assistant waits to be heard. */
    public boolean isSilent() {
        return conversation.isSilent();
    }

    /** Time since it began to listen, which is when the recording begins. */
    public Duration elapsed() {
        return conversation.elapsed();
    }

    /**
     * Completes when nothing more will be heard: the session has ended and what it had said has been heard, the sink is broken,
     * or the voice is closed. Why a session has ended is told by {@link RealtimeSession#ended}. A far end that does not tell
     * any more what it has played keeps a voice from its end: close it.
     */
    public CompletableFuture<@Nullable Void> ended() {
        return told.finished();
    }

    /**
     * Silent at once; the session is told what was heard. Closes the source and the sink, and not the session.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        toEvents.cancel();
        toEnd.cancel(false);
        all(
                conversation::end,
                this::closeSource,
                () -> threads.forEach(Thread::interrupt),
                () -> threads.forEach(Voice::join),
                sink::close,
                conversation::close,
                () -> executors.forEach(ExecutorService::shutdown));
    }

    /** Does one after the other, whatever they throw; the first of that is thrown in the end. */
    private static void all(Runnable... steps) {
        @Nullable RuntimeException thrown = null;
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException e) {
                thrown = thrown == null ? e : thrown;
            }
        }
        if (thrown != null) {
            throw thrown;
        }
    }

    private void closeSource() {
        if (source != null) {
            source.close();
        }
    }

    /** A thread that does not end for a second is held by a source or a sink that breaks its promise: let it be. */
    private static void join(Thread thread) {
        try {
            if (thread != Thread.currentThread()) {
                thread.join(1_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gathers what a voice is made of; a sink is needed, the rest may be left out. Not safe for concurrent use. */
    public static final class Builder {
        final RealtimeSession session;
        VoiceClock clock = VoiceClock.SYSTEM;
        Duration prebuffer = Duration.ofMillis(100);
        Interruptions interruptions = Interruptions.IMMEDIATE;

        @Nullable
        EchoCanceller echo;

        @Nullable
        Path recording;

        private @Nullable Opening<AudioSource> source;
        private @Nullable Opening<AudioSink> sink;
        private ThreadFactory threadFactory = task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        };
        private final List<Consumer<VoiceEvent>> handlers = new ArrayList<>();
        private @Nullable Executor executor;
        private boolean started;

        private interface Opening<T> {
            T open() throws IOException;
        }

        private Builder(RealtimeSession session) {
            this.session = session;
        }

        /** Where the user's speech comes from; closed with the voice. Without one the user is silent. */
        public Builder source(AudioSource source) {
            Objects.requireNonNull(source, "source");
            this.source = () -> source;
            return this;
        }

        /** Where the model's speech goes; closed with the voice. */
        public Builder sink(AudioSink sink) {
            Objects.requireNonNull(sink, "sink");
            this.sink = () -> sink;
            return this;
        }

        /** The microphone that the platform prefers. */
        public Builder microphone() {
            source = () -> AudioDevices.installed().microphone(null);
            return this;
        }

        /** A microphone by its name. */
        public Builder microphone(String name) {
            source = () -> AudioDevices.installed().microphone(name);
            return this;
        }

        /** The speaker that the platform prefers. Unless told otherwise by {@link #echo}, with a {@link HalfDuplexGate}. */
        public Builder speaker() {
            sink = () -> AudioDevices.installed().speaker(null);
            return this;
        }

        /** A speaker by its name; like {@link #speaker()}. */
        public Builder speaker(String name) {
            sink = () -> AudioDevices.installed().speaker(name);
            return this;
        }

        /**
         * The user wears headphones: the microphone does not hear the speaker, so nothing has to be done about it, and the user
         * can interrupt by voice.
         */
        public Builder headphones() {
            return echo(EchoCanceller.NONE);
        }

        /** What is done about the microphone hearing the speaker. */
        public Builder echo(EchoCanceller canceller) {
            this.echo = canceller;
            return this;
        }

        /** When the user interrupts the assistant; {@link Interruptions#IMMEDIATE} unless set. */
        public Builder interruptions(Interruptions interruptions) {
            this.interruptions = interruptions;
            return this;
        }

        /** How much of a speech must have come before it is begun, unless that is all of it; 100 ms unless set. */
        public Builder prebuffer(Duration prebuffer) {
            if (prebuffer.isNegative()) {
                throw new IllegalArgumentException("Expected a duration of at least 0 but got " + prebuffer);
            }
            this.prebuffer = prebuffer;
            return this;
        }

        /** Records both sides as a stereo WAV file: the user as sent on the left, the assistant as heard on the right. */
        public Builder record(Path wav) {
            this.recording = wav;
            return this;
        }

        /**
         * Calls a handler for every event of a type, one at a time, in order, on a thread of its own. It may block, and may be
         * called before {@link #start} has returned.
         *
         * @param type a record, or {@link VoiceEvent} for all
         */
        public <E extends VoiceEvent> Builder on(Class<E> type, Consumer<? super E> handler) {
            handlers.add(event -> {
                if (type.isInstance(event)) {
                    handler.accept(type.cast(event));
                }
            });
            return this;
        }

        /** The time that events tell, and that the silence after the end of a source is paced by. */
        public Builder clock(VoiceClock clock) {
            this.clock = clock;
            return this;
        }

        /** Makes the four threads of a voice; daemons unless set. */
        public Builder threads(ThreadFactory factory) {
            this.threadFactory = factory;
            return this;
        }

        /** Does the work of events where they arise, and leaves the two loops to the caller. */
        Builder stepped() {
            this.executor = Runnable::run;
            return this;
        }

        private Thread thread(Runnable task, String name) {
            Thread thread = threadFactory.newThread(task);
            thread.setName("realtime4j-voice-" + name);
            return thread;
        }

        EchoCanceller echoCanceller(AudioSink to) {
            if (echo != null) {
                return echo;
            }
            return to.isLoudspeaker() ? new HalfDuplexGate() : EchoCanceller.NONE;
        }

        /**
         * Opens what has to be opened, connects the session if it is not, and begins to listen.
         *
         * @throws IllegalStateException if there is no sink, the session has ended, or this was called before
         * @throws UncheckedIOException if a device or the recording cannot be opened
         * @throws RealtimeException if the session cannot be connected, or refuses its settings
         */
        public Voice start() {
            if (sink == null) {
                throw new IllegalStateException(
                        "A voice needs a sink: speaker(), or sink(WavSink.create(file, 24000))");
            }
            if (started) {
                throw new IllegalStateException("A voice starts once; Voice.attach(session) makes another");
            }
            started = true;
            List<AutoCloseable> opened = new ArrayList<>();
            try {
                AudioSource from = source == null ? null : source.open();
                if (from != null) {
                    opened.add(from);
                }
                AudioSink to = sink.open();
                opened.add(to);
                Voice voice = new Voice(this, to, from);
                opened.add(voice);
                voice.conversation.connect();
                if (executor == null) {
                    voice.run(this);
                }
                return voice;
            } catch (IOException e) {
                closeAll(opened);
                throw new UncheckedIOException(e.getMessage(), e);
            } catch (CompletionException e) {
                closeAll(opened);
                throw e.getCause() instanceof RealtimeException refusal ? refusal : e;
            } catch (RuntimeException | Error e) {
                closeAll(opened);
                throw e;
            }
        }

        private static void closeAll(List<AutoCloseable> opened) {
            for (int i = opened.size() - 1; i >= 0; i--) {
                try {
                    opened.get(i).close();
                } catch (Exception e) {
                    // The reason why all of them are closed is thrown.
                }
            }
        }
    }
}
