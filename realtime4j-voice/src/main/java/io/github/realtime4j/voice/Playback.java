package io.github.realtime4j.voice;

import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.voice.PlaybackClock.Part;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the assistant says, from the wire to the sink: queued as it comes, begun when enough of it is there, written a little
 * ahead of what is heard, and silent at once when told so. One thread calls {@link #step}; the rest is safe from any.
 */
final class Playback {
    /** Nothing to do until something changes. */
    static final long IDLE = Long.MAX_VALUE;

    /** How long to wait while something is being heard. */
    static final long TICK = Duration.ofMillis(10).toNanos();

    /** More than a sink needs to let its writer go when it is flushed. */
    private static final long GRACE = Duration.ofMillis(250).toNanos();

    private final AudioSink sink;
    private final PlaybackClock clock;
    private final Duration prebuffer;
    private final long ahead;
    private final long atOnce;
    private final EchoCanceller echo;
    private final Listener listener;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Held while the sink is written to; taken before {@link #lock}. */
    private final ReentrantLock writing = new ReentrantLock();

    // All guarded by the lock.
    private final SpeechQueue queue;
    private final UnderWay underWay;
    private final EnumSet<Hold> holds = EnumSet.noneOf(Hold.class);
    private boolean buffering = true;
    private boolean stirred;
    private boolean finishing;
    private boolean over;
    /** On its way into the sink; null if nothing is. */
    private @Nullable Piece writes;

    /** What is on its way into the sink has been silenced, and is to be flushed when it is there. */
    private boolean flushDue;

    private long written;
    private int silences;

    /** Who wants silence. */
    enum Hold {
        /** Somebody may be about to interrupt. */
        TURN,
        /** The application. */
        PAUSE
    }

    /** Hears what is played. Called in the playback's lock: do not wait. */
    interface Listener {
        /** These samples have been heard. */
        void heard(Speech speech, short[] samples, int offset, int length, Duration played);

        /** The first sound of it has been heard. */
        void started(Speech speech);

        /** The last one. */
        void finished(Speech speech);
    }

    /** Something that was not heard to the end. */
    record Cut(Speech speech, Duration played) {}

    Playback(AudioSink sink, Duration prebuffer, EchoCanceller echo, Listener listener) {
        this.sink = sink;
        this.queue = new SpeechQueue(sink.sampleRate());
        this.underWay = new UnderWay(sink.sampleRate());
        this.clock = underWay.clock();
        this.prebuffer = prebuffer;
        this.ahead = Math.max(1, Pacer.samples(sink.ahead().toNanos(), sink.sampleRate()));
        this.atOnce = Math.min(ahead, Pacer.samples(prebuffer.toNanos(), sink.sampleRate()));
        this.echo = echo;
        this.listener = listener;
    }

    PlaybackClock clock() {
        return clock;
    }

    // What the server sends.

    /**
     * {@code response.created}.
     *
     * @param format of its own; null if it speaks in the session's
     */
    void began(String responseId, @Nullable AudioFormat format) {
        change(() -> queue.began(responseId, format));
    }

    /** The next sound of a part. */
    void add(ResponseEvent.OutputAudioDelta delta, AudioFormat format) {
        change(() -> queue.add(delta, format));
    }

    /** The next words of a part. */
    void append(Part part, String responseId, AudioFormat format, String words) {
        change(() -> queue.append(part, responseId, format, words));
    }

    /** All words of a part. */
    void transcript(Part part, String words) {
        change(() -> queue.transcript(part, words));
    }

    /** No more sound of this part will come. */
    void complete(Part part) {
        change(() -> queue.complete(part));
    }

    /** {@code response.done}. */
    void done(String responseId) {
        change(() -> queue.done(responseId));
    }

    /** The connection has ended: what is there is all that will come over it, and is played. */
    void lastWords() {
        change(queue::lastWords);
    }

    /** No connection follows. */
    void finish() {
        change(() -> {
            queue.lastWords();
            finishing = true;
        });
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            if (!over) {
                change.run();
                stir();
            }
        } finally {
            lock.unlock();
        }
    }

    private void stir() {
        stirred = true;
        changed.signal();
    }

    // The thread that plays.

    /**
     * Gives the sink what it should have.
     *
     * @return nanoseconds until there is more to do, or {@link #IDLE}
     */
    long step() throws IOException {
        for (Piece piece = next(); piece != null; piece = next()) {
            write(piece);
        }
        return clock.unheard() > 0 ? TICK : IDLE;
    }

    /** Waits until something has changed. */
    void await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!stirred && !over) {
                changed.await();
            }
            stirred = false;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Piece next() {
        lock.lock();
        try {
            advance();
            if (!holds.isEmpty() || over || clock.unheard() >= ahead) {
                return null;
            }
            Piece piece = underWay.again();
            if (piece == null && isReady()) {
                piece = decode();
            }
            if (piece == null) {
                return null;
            }
            Piece next = piece.after(silences);
            underWay.wrote(next);
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Whether enough is there to begin with, so that the network's next hiccup is not heard. */
    private boolean isReady() {
        if (clock.unheard() == 0) {
            Speech first = queue.first();
            buffering |= first == null || first.waiting().isZero();
            buffering &=
                    first == null || (!first.isComplete() && first.waiting().compareTo(prebuffer) < 0);
        }
        return !buffering;
    }

    private @Nullable Piece decode() {
        // A sink plays from the first sample on, and the second piece may be a moment late.
        long least = clock.unheard() == 0 ? atOnce : 1;
        for (Speech speech = queue.next(); speech != null; speech = queue.next()) {
            short[] samples = speech.next(least);
            if (samples.length > 0) {
                return new Piece(speech.part(), samples);
            } else if (!speech.isWritten()) {
                // What comes after it waits for its end.
                return null;
            }
        }
        removeHeard();
        return null;
    }

    private void write(Piece piece) throws IOException {
        writing.lock();
        try {
            if (enter(piece)) {
                echo.speaker(piece.samples(), piece.from(), piece.length());
                sink.write(piece.samples(), piece.from(), piece.length());
            }
        } finally {
            leave();
            writing.unlock();
        }
    }

    /** Whether the piece is still to be heard. */
    private boolean enter(Piece piece) {
        lock.lock();
        try {
            boolean heard = piece.silences() == silences;
            if (heard) {
                writes = piece;
                written++;
            }
            return heard;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            writes = null;
            if (flushDue) {
                flushDue = false;
                sink.flush();
                underWay.flushed(sink.playedSamples());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes note of what has been heard meanwhile. */
    private void advance() {
        for (Piece piece : underWay.played(sink.playedSamples())) {
            Speech speech = queue.find(piece.part());
            if (speech != null) {
                heard(speech, piece);
            }
        }
        removeHeard();
    }

    private void heard(Speech speech, Piece piece) {
        if (speech.begins()) {
            listener.started(speech);
        }
        listener.heard(speech, piece.samples(), piece.from(), piece.length(), clock.heard(piece.part()));
    }

    private void removeHeard() {
        for (Speech first = queue.first(); first != null; first = queue.first()) {
            if (!first.isWritten() || clock.samples(first.part()) < first.written()) {
                return;
            }
            queue.remove(first);
            if (first.written() > 0) {
                listener.finished(first);
            }
        }
    }

    // Silence.

    /** Silent at once; what was not heard waits for {@link #resume}. */
    void hold(Hold hold) {
        silence(hold, List::of);
    }

    /** Goes on, unless somebody else wants silence. */
    void resume(Hold hold) {
        lock.lock();
        try {
            holds.remove(hold);
            stir();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Silent at once; what was not heard is forgotten, and what still comes of the responses that run now is ignored.
     *
     * @return what was not heard to the end, in order
     */
    List<Cut> cut() {
        return silence(Hold.TURN, this::forget);
    }

    private List<Cut> forget() {
        List<Cut> cuts = new ArrayList<>();
        for (Speech speech : queue.cut()) {
            cuts.add(new Cut(speech, clock.heard(speech.part())));
        }
        underWay.forget();
        holds.remove(Hold.TURN);
        buffering = true;
        return cuts;
    }

    /**
     * Flushes, and takes back what was not heard. The writer may have decided to write and not have reached the sink, where the
     * first flush would not see its piece: then a second one follows. A writer that does not come back, because its sink
     * breaks its promise, is not waited for: the second flush is its own.
     */
    private List<Cut> silence(Hold hold, Supplier<List<Cut>> then) {
        long before = stop(hold);
        sink.flush();
        boolean alone = tryWriting();
        lock.lock();
        try {
            flushDue |= writes != null;
            if (written != before) {
                sink.flush();
            }
            // Pieces that were taken from the queue since, because somebody has resumed.
            silences++;
            advance();
            underWay.flushed(sink.playedSamples());
            stir();
            return then.get();
        } finally {
            lock.unlock();
            if (alone) {
                writing.unlock();
            }
        }
    }

    private boolean tryWriting() {
        try {
            return writing.tryLock(GRACE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return writing.tryLock();
        }
    }

    /**
     * Nothing more is written, until this is over.
     *
     * @return what {@link #written} is, unless the sink gets another piece
     */
    private long stop(Hold hold) {
        lock.lock();
        try {
            holds.add(hold);
            silences++;
            return writes == null ? written : written - 1;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Silent for good. Does not wait for a sink that breaks its promise.
     *
     * @return what was not heard to the end, in order
     */
    List<Cut> end() {
        change(() -> over = true);
        stop(Hold.TURN);
        sink.flush();
        lock.lock();
        try {
            advance();
            underWay.flushed(sink.playedSamples());
            return forget();
        } finally {
            lock.unlock();
        }
    }

    // What can be asked.

    /** Samples that the sink has taken and that have not been heard. */
    long unheard() {
        lock.lock();
        try {
            advance();
            return clock.unheard() - (writes == null ? 0 : Math.min(writes.length(), clock.unheard()));
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing waits to be heard. */
    boolean isSilent() {
        return ask(queue::isEmpty);
    }

    /** Whether nothing will be heard any more. */
    boolean isFinished() {
        return ask(() -> finishing && queue.isEmpty());
    }

    /** Whether of this item nothing has been heard, and nothing waits to be. */
    boolean isUnheard(String itemId) {
        return ask(() -> !queue.has(itemId) && !clock.isHeard(itemId));
    }

    private boolean ask(BooleanSupplier question) {
        lock.lock();
        try {
            advance();
            return question.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    /** How many things are remembered that should be forgotten when all is silent. */
    int retained() {
        lock.lock();
        try {
            return queue.retained() + underWay.retained();
        } finally {
            lock.unlock();
        }
    }
}
