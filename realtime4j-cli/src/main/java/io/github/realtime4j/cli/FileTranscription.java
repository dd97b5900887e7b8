package io.github.realtime4j.cli;

import io.github.realtime4j.RealtimeException;
import io.github.realtime4j.SessionEnd;
import io.github.realtime4j.Transcript;
import io.github.realtime4j.TranscriptionSession;
import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioEncoder;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.audio.WavReader;
import io.github.realtime4j.protocol.AudioConfig;
import io.github.realtime4j.protocol.ConversationEvent.ItemInputAudioTranscriptionCompleted;
import io.github.realtime4j.protocol.ConversationEvent.ItemInputAudioTranscriptionFailed;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.ErrorEvent;
import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.usage.SessionUsage;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends a sound file to a transcription session on a thread of its own, and writes down what comes back on the thread that
 * runs it.
 */
final class FileTranscription {
    static final AudioFormat FORMAT = AudioFormat.PCM16_24KHZ;

    private static final int CHUNKS_PER_SECOND = 5;
    private static final long TICK_MILLIS = 50;

    private final Terminal terminal;
    private final ConnectionOptions options;
    private final String name;
    private final WavReader sound;
    private final TranscriptionSession session;
    private final Thread sender = new Thread(this::send, "realtime-file");
    private final BlockingQueue<Transcript> transcripts = new LinkedBlockingQueue<>();

    /** Turns that are committed and not final. */
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    /** Turns in which the server's turn detection hears somebody. */
    private final Set<String> spoken = ConcurrentHashMap.newKeySet();

    private final AtomicLong framesSent = new AtomicLong();

    /** Where the server last heard somebody stop; of the callback threads only. */
    private @Nullable String stoppedItem;

    private volatile long progressAt = System.nanoTime();

    /** It is the file that is waited for, not the server. */
    private volatile boolean reading;

    private volatile boolean refused;
    private volatile boolean commitSent;
    private volatile boolean allCommitted;
    private volatile @Nullable IOException sendProblem;
    private volatile @Nullable SessionEnd end;
    private int written;
    private int lost;

    /** @param session not connected yet */
    FileTranscription(
            Terminal terminal, ConnectionOptions options, String name, WavReader sound, TranscriptionSession session) {
        this.terminal = terminal;
        this.options = options;
        this.name = name;
        this.sound = sound;
        this.session = session;
        sender.setDaemon(true);
        session.session().on(ServerEvent.class, this::notice);
        session.onTranscript(transcripts::add);
        session.session().onEnd(how -> end = how);
    }

    /** On the session's callback threads, one at a time. */
    private void notice(ServerEvent event) {
        progressAt = System.nanoTime();
        if (event instanceof InputAudioBufferEvent.SpeechStarted started) {
            spoken.add(started.itemId());
        } else if (event instanceof InputAudioBufferEvent.SpeechStopped stopped) {
            stoppedItem = stopped.itemId();
        } else if (event instanceof InputAudioBufferEvent.Committed committed) {
            open.add(committed.itemId());
            // The server's own commits follow the end of speech.
            allCommitted |= commitSent && !committed.itemId().equals(stoppedItem);
        } else if (event instanceof ItemInputAudioTranscriptionCompleted completed) {
            open.remove(completed.itemId());
        } else if (event instanceof ItemInputAudioTranscriptionFailed failed) {
            open.remove(failed.itemId());
        }
    }

    private void refused(ErrorEvent event) {
        if (ErrorCode.INPUT_AUDIO_BUFFER_COMMIT_EMPTY.equals(event.error().code())) {
            // The server's own commit was the last one: nothing is left.
            allCommitted = true;
        } else {
            refused = true;
            tell(AskCommand.explain(event.error()));
        }
    }

    private void tell(String problem) {
        terminal.say(terminal.err(Terminal.Style.RED, "error: ") + problem);
    }

    /** As fast as the session takes it. */
    private void send() {
        AudioEncoder encoder = new AudioEncoder(FORMAT, sound.sampleRate());
        try {
            int chunk = Math.max(1, sound.sampleRate() / CHUNKS_PER_SECOND);
            for (short[] frames = read(chunk); frames.length > 0; frames = read(chunk)) {
                append(encoder.encode(frames));
                framesSent.addAndGet(frames.length);
            }
            append(encoder.flush());
        } catch (IOException e) {
            // What has been read is written down all the same.
            sendProblem = e;
        } catch (RealtimeException e) {
            // The end of the session tells why.
            return;
        }
        commitSent = true;
        var unused = session.commit();
    }

    private short[] read(int frames) throws IOException {
        reading = true;
        try {
            return sound.readMono(frames);
        } finally {
            progressAt = System.nanoTime();
            reading = false;
        }
    }

    private void append(AudioBytes audio) {
        if (!audio.isEmpty()) {
            session.append(audio);
            progressAt = System.nanoTime();
        }
    }

    /** Returns when the session has ended. */
    void run(Link link) throws InterruptedException {
        session.session().on(ErrorEvent.class, this::refused);
        sender.start();
        while (true) {
            boolean ended = end != null;
            Transcript transcript = transcripts.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
            link.requireReader();
            if (transcript != null) {
                show(transcript);
            } else if (ended) {
                return;
            } else if (allCommitted && open.isEmpty()) {
                var unused = session.session().closeAsync();
            } else if (!reading
                    && System.nanoTime() - progressAt > options.timeout().toNanos()) {
                throw CommandFailure.failed("the server said nothing for " + Durations.text(options.timeout())
                        + " although not everything is written down; --timeout makes this command wait longer");
            }
        }
    }

    private void show(Transcript transcript) {
        String text = transcript.text().strip().replaceAll("\\s*\\R\\s*", " ");
        ErrorDetail error = transcript.error();
        if (!transcript.isFinal()) {
            int room = terminal.width() - 4;
            terminal.status("● " + (text.length() <= room ? text : "…" + text.substring(text.length() - room)));
        } else if (error != null) {
            lost++;
            tell("a turn could not be written down: " + AskCommand.explain(error));
        } else if (!text.isEmpty() && (isOneTurn() || spoken.contains(transcript.itemId()))) {
            written++;
            if (!options.json()) {
                terminal.line(text);
            }
        }
    }

    /** Without turn detection. With it, what nobody spoke in is silence, of which some models make words. */
    private boolean isOneTurn() {
        AudioConfig audio = session.session().settings().audio();
        return audio != null && audio.input() != null && audio.input().turnDetection() instanceof TurnDetection.Off;
    }

    /**
     * Whether everything is written down.
     *
     * @param billed whether list prices mean something
     * @throws CommandFailure if not
     */
    int exitCode(boolean billed) {
        SessionUsage usage = session.session().usage();
        usage.transcriptions()
                .forEach((model, total) -> terminal.detail(
                        "usage: " + model + ", " + UsageText.of(total) + (billed ? UsageText.cost(usage) : "")));
        SessionEnd how = end;
        IOException problem = sendProblem;
        if (problem != null) {
            throw CommandFailure.usage(name + " can be used only in part: " + problem.getMessage(), problem);
        } else if (how != null && how.cause() != null) {
            throw how.cause();
        } else if (!open.isEmpty() || !allCommitted) {
            throw CommandFailure.failed("the server ended the session before everything was written down");
        } else if (lost > 0 || refused) {
            throw CommandFailure.failed("not everything is written down");
        } else if (written == 0) {
            throw CommandFailure.failed(String.format(
                    Locale.ROOT,
                    "the server heard no speech in the %.1f s of %s",
                    framesSent.get() / (double) sound.sampleRate(),
                    name));
        }
        return ExitCode.SUCCESS;
    }
}
