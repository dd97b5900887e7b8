package io.github.realtime4j.voice;

import io.github.realtime4j.RealtimeException;
import io.github.realtime4j.SendQueueFullException;
import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioEncoder;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.protocol.Item.Role;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the user says, from the source to the session, in pieces of 20 ms. A source that has ended is a silent room: turn
 * detection needs to hear the silence. One thread calls {@link #step}; the rest is safe from any.
 */
final class InputPump {
    private static final int PIECE_MS = 20;

    /** The server refuses to commit less. */
    private static final int SHORTEST_TURN_MS = 100;

    private final AudioSource source;
    private final EchoCanceller echo;
    private final Supplier<AudioFormat> format;
    private final Pacer silence;
    private final VoiceEvents events;
    private final LevelMeter level;
    private final ActivityMeter activity;
    private final Model model;
    private final short[] piece;

    // Confined to the thread that steps.
    private boolean ended;
    private @Nullable AudioEncoder encoder;
    private @Nullable AudioFormat encodes;
    private int turnMs;

    private volatile boolean muted;
    private volatile boolean paused;
    private volatile Key key = Key.NONE;

    /** The key of push-to-talk. */
    private enum Key {
        /** There is none: all is sent. */
        NONE,
        UP,
        DOWN,
        /** Just let go: the turn ends with the piece that is being recorded. */
        RELEASED
    }

    /** Where the speech goes. */
    interface Model {
        /** May wait for the network. */
        void append(AudioBytes audio);

        /** The user has let go the key. */
        void turnEnded(boolean longEnough);

        /** A piece is through: what the microphone heard of it, as it was sent. */
        void heard(short[] samples);

        /** Samples that were given to the speaker and have not been heard. */
        long unheard();
    }

    InputPump(
            AudioSource source,
            EchoCanceller echo,
            Supplier<AudioFormat> format,
            VoiceClock clock,
            VoiceEvents events,
            Model model) {
        this.source = source;
        this.echo = echo;
        this.format = format;
        this.silence = new Pacer(clock, source.sampleRate());
        this.events = events;
        this.level = new LevelMeter(events, Role.USER, source.sampleRate());
        this.activity = new ActivityMeter(source.sampleRate());
        this.model = model;
        this.piece = new short[source.sampleRate() * PIECE_MS / 1_000];
    }

    void muted(boolean muted) {
        this.muted = muted;
    }

    boolean isMuted() {
        return muted;
    }

    void paused(boolean paused) {
        this.paused = paused;
    }

    /** @param keyed whether there is a key, which is up at first */
    synchronized void keyed(boolean keyed) {
        if (!keyed) {
            key = Key.NONE;
        } else if (key == Key.NONE) {
            key = Key.UP;
        }
    }

    /** @return whether a turn begins with it */
    synchronized boolean press() {
        boolean begins = key == Key.UP;
        if (key != Key.NONE) {
            key = Key.DOWN;
        }
        return begins;
    }

    synchronized void release() {
        if (key == Key.DOWN) {
            key = Key.RELEASED;
        }
    }

    void close() {
        source.close();
    }

    ActivityMeter activity() {
        return activity;
    }

    /**
     * Reads and sends one piece.
     *
     * @return whether there is somebody to send to
     */
    boolean step() throws InterruptedException {
        Key before = key;
        if (before == Key.NONE || before == Key.UP) {
            turnMs = 0;
        }
        read();
        if (muted || paused) {
            Arrays.fill(piece, (short) 0);
        }
        level.add(piece, 0, piece.length);
        echo.microphone(piece, 0, piece.length, model.unheard());
        boolean sends = !paused && (before != Key.UP || key != Key.UP);
        if (!sends) {
            Arrays.fill(piece, (short) 0);
        }
        activity.add(piece, 0, piece.length);
        try {
            if (sends) {
                send();
            }
            if (before == Key.RELEASED && letGo()) {
                endTurn();
            }
        } catch (SendQueueFullException full) {
            // The application has chosen not to wait: this piece is lost, and the next one may not be.
        } catch (RealtimeException over) {
            if (Thread.interrupted()) {
                throw new InterruptedException(over.getMessage());
            }
            return false;
        }
        model.heard(piece);
        return true;
    }

    private void send() {
        AudioBytes audio = encoder().encode(piece);
        turnMs += PIECE_MS;
        if (!audio.isEmpty()) {
            model.append(audio);
        }
    }

    private void endTurn() {
        AudioBytes rest = encoder().flush();
        if (!rest.isEmpty()) {
            model.append(rest);
        }
        model.turnEnded(turnMs >= SHORTEST_TURN_MS);
    }

    /** @return false if it has been pressed again: the turn goes on */
    private synchronized boolean letGo() {
        boolean released = key == Key.RELEASED;
        if (released) {
            key = Key.UP;
        }
        return released;
    }

    private AudioEncoder encoder() {
        AudioFormat inForce = format.get();
        if (encoder == null || !inForce.equals(encodes)) {
            encoder = new AudioEncoder(inForce, source.sampleRate());
            encodes = inForce;
        }
        return encoder;
    }

    private void read() throws InterruptedException {
        int filled = 0;
        try {
            while (!ended && filled < piece.length) {
                int count = source.read(piece, filled, piece.length - filled);
                if (count < 0) {
                    end();
                } else {
                    filled += count;
                }
            }
        } catch (IOException broken) {
            ended = true;
            events.tell(at -> new VoiceEvent.Failed(at, Role.USER, broken));
        }
        if (filled < piece.length) {
            Arrays.fill(piece, filled, piece.length, (short) 0);
            silence.await(piece.length - filled);
        }
    }

    private void end() {
        ended = true;
        events.tell(VoiceEvent.SourceEnded::new);
    }
}
