package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.voice.PlaybackClock.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class PlaybackTest {
    private static final int RATE = 24_000;
    private static final AudioFormat PCM = AudioFormat.PCM16_24KHZ;

    private final StillClock time = new StillClock();
    private final ClockedSink sink = new ClockedSink(RATE, Duration.ofSeconds(1), time, samples -> {});
    private final Told told = new Told();

    /** What the playback tells. */
    private static final class Told implements Playback.Listener {
        private final List<String> events = new ArrayList<>();

        @Override
        public void heard(Speech speech, short[] samples, int offset, int length, Duration played) {}

        @Override
        public void started(Speech speech) {
            events.add("started " + speech.part().itemId());
        }

        @Override
        public void finished(Speech speech) {
            events.add("finished " + speech.part().itemId());
        }
    }

    private Playback playback(AudioSink out) {
        return new Playback(out, Duration.ofMillis(100), EchoCanceller.NONE, told);
    }

    private static ResponseEvent.OutputAudioDelta delta(String response, String item, int millis) {
        return delta(response, item, AudioBytes.wrap(new byte[millis * 48]));
    }

    private static ResponseEvent.OutputAudioDelta delta(String response, String item, AudioBytes audio) {
        return new ResponseEvent.OutputAudioDelta(null, response, item, 0, 0, audio);
    }

    /** Lets time pass in steps of 10 ms. */
    private void pass(Playback playback, int millis) throws IOException {
        for (int i = 0; i < millis; i += 10) {
            playback.step();
            time.pass(10);
        }
        playback.step();
    }

    @Test
    void itBeginsWhenEnoughIsThere() throws Exception {
        Playback playback = playback(sink);
        playback.add(delta("resp_1", "item_1", 60), PCM);
        pass(playback, 200);
        assertThat(sink.playedSamples()).isZero();
        playback.add(delta("resp_1", "item_1", 60), PCM);
        pass(playback, 200);

        assertThat(sink.playedSamples()).isEqualTo(120 * 24);
        assertThat(told.events).containsExactly("started item_1");
    }

    @Test
    void whatIsShortAndCompleteDoesNotWaitForMore() throws Exception {
        Playback playback = playback(sink);
        playback.add(delta("resp_1", "item_1", 40), PCM);
        playback.complete(new Part("item_1", 0));
        pass(playback, 60);

        assertThat(told.events).containsExactly("started item_1", "finished item_1");
    }

    @Test
    void afterAGapOfTheNetworkItWaitsAgainForEnough() throws Exception {
        Playback playback = playback(sink);
        playback.add(delta("resp_1", "item_1", 120), PCM);
        pass(playback, 300);
        playback.add(delta("resp_1", "item_1", 20), PCM);
        pass(playback, 300);
        assertThat(sink.playedSamples()).isEqualTo(120 * 24);
        playback.done("resp_1");
        pass(playback, 100);

        assertThat(sink.playedSamples()).isEqualTo(140 * 24);
        assertThat(told.events).containsExactly("started item_1", "finished item_1");
    }

    @Test
    void onlyALittleIsGivenToTheSinkBeforeItIsHeard() throws Exception {
        Playback playback = playback(sink);
        playback.add(delta("resp_1", "item_1", 10_000), PCM);
        playback.step();

        assertThat(playback.unheard()).isBetween(200L * 24, 220L * 24);
    }

    @Test
    void aWriterThatIsHeldUpAfterTheBeginningLeavesNoGap() throws Exception {
        List<short[]> ear = new ArrayList<>();
        ClockedSink loudspeaker = new ClockedSink(RATE, Duration.ofSeconds(1), time, ear::add);
        EchoCanceller slow = new EchoCanceller() {
            private int pieces;

            @Override
            public void speaker(short[] samples, int offset, int length) {
                time.pass(++pieces == 2 ? 50 : 0);
            }

            @Override
            public void microphone(short[] samples, int offset, int length, long unheard) {}
        };
        Playback playback = new Playback(loudspeaker, Duration.ofMillis(100), slow, told);
        playback.add(delta("resp_1", "item_1", Sounds.loud(400)), PCM);
        playback.done("resp_1");
        pass(playback, 500);

        short[] heard = ear.stream().reduce(new short[0], Pcm16::concat);
        assertThat(Arrays.copyOf(heard, 400 * 24)).doesNotContain((short) 0);
    }

    @Test
    void aFarEndThatAcknowledgesLateDoesNotRunDry() throws Exception {
        FarEnd phone = new FarEnd(time, 150);
        Playback playback = playback(phone.sink());
        playback.add(delta("resp_1", "item_1", 2_000), PCM);
        playback.done("resp_1");
        for (int i = 0; i < 240; i++) {
            playback.step();
            time.pass(10);
            phone.pass();
        }

        assertThat(phone.heardMillis()).isEqualTo(2_000);
        assertThat(phone.gaps()).isZero();
        assertThat(told.events).containsExactly("started item_1", "finished item_1");
    }

    @Test
    void whatMayNotBeAheadIsPlayedPieceByPiece() throws Exception {
        FarEnd phone = new FarEnd(time, 0);
        Playback playback = playback(new MarkedSink(phone, RATE, Duration.ZERO));
        playback.add(delta("resp_1", "item_1", 200), PCM);
        playback.step();

        assertThat(playback.unheard()).isEqualTo(20 * 24);
    }

    @Test
    void itemsAreHeardOneAfterTheOther() throws Exception {
        Playback playback = playback(sink);
        playback.add(delta("resp_1", "item_1", 200), PCM);
        playback.add(delta("resp_2", "item_2", 200), PCM);
        pass(playback, 400);
        assertThat(told.events).containsExactly("started item_1");
        playback.done("resp_1");
        playback.done("resp_2");
        pass(playback, 400);

        assertThat(told.events)
                .containsExactly("started item_1", "finished item_1", "started item_2", "finished item_2");
        assertThat(playback.retained()).isZero();
    }

    @Test
    void aCutTellsWhatWasHeardOfEachItemAndForgetsTheRest() throws Exception {
        Playback playback = playback(sink);
        playback.began("resp_1", null);
        playback.add(delta("resp_1", "item_1", 500), PCM);
        playback.complete(new Part("item_1", 0));
        playback.add(delta("resp_1", "item_2", 500), PCM);
        pass(playback, 250);
        List<Playback.Cut> cuts = playback.cut();
        playback.add(delta("resp_1", "item_2", 500), PCM);
        pass(playback, 500);

        assertThat(cuts).extracting(cut -> cut.speech().part().itemId()).containsExactly("item_1", "item_2");
        assertThat(cuts).extracting(Playback.Cut::played).containsExactly(Duration.ofMillis(250), Duration.ZERO);
        assertThat(sink.playedSamples()).isEqualTo(250 * 24);
        playback.done("resp_1");
        assertThat(playback.retained()).isZero();
    }

    @Test
    void whatIsHeldGoesOnAtTheNextSample() throws Exception {
        Playback playback = playback(sink);
        playback.add(delta("resp_1", "item_1", 500), PCM);
        playback.done("resp_1");
        pass(playback, 130);
        playback.hold(Playback.Hold.TURN);
        pass(playback, 500);
        assertThat(sink.playedSamples()).isEqualTo(130 * 24);
        playback.resume(Playback.Hold.TURN);
        pass(playback, 500);

        assertThat(sink.playedSamples()).isEqualTo(500 * 24);
        assertThat(told.events).containsExactly("started item_1", "finished item_1");
    }

    /** A sink whose writer comes too late: its samples arrive just after the first flush. */
    private static final class LateSink implements AudioSink {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch flushed = new CountDownLatch(1);
        private int waiting;

        @Override
        public int sampleRate() {
            return RATE;
        }

        @Override
        public void write(short[] samples, int offset, int length) throws IOException {
            entered.countDown();
            try {
                flushed.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            accept(length);
        }

        private synchronized void accept(int length) {
            waiting += length;
        }

        synchronized int waiting() {
            return waiting;
        }

        @Override
        public long playedSamples() {
            return 0;
        }

        @Override
        public synchronized void flush() {
            waiting = 0;
            flushed.countDown();
        }

        @Override
        public void drain() {}

        @Override
        public void close() {}
    }

    @Test
    void whatReachesTheSinkDuringACutIsThrownAwayToo() throws Exception {
        LateSink late = new LateSink();
        Playback playback = playback(late);
        playback.add(delta("resp_1", "item_1", 500), PCM);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> step(playback));
        late.entered.await();
        playback.cut();
        writer.get(20, TimeUnit.SECONDS);

        assertThat(late.waiting()).isZero();
        assertThat(playback.unheard()).isZero();
    }

    /** Two minutes: longer than a busy machine is away, at forty times the world's speed. */
    private static final AudioBytes LONG = AudioBytes.wrap(new byte[120 * 48_000]);

    /** Forty times as fast as the world. */
    private static final VoiceClock FAST = new VoiceClock() {
        @Override
        public long nanos() {
            return System.nanoTime() * 40;
        }

        @Override
        public void sleepUntil(long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep((nanos - nanos()) / 40);
        }
    };

    /** Does something over and over until it is told to stop. */
    private static Thread repeat(AtomicBoolean over, Runnable task) {
        Thread thread = new Thread(() -> {
            while (!over.get()) {
                task.run();
                Thread.yield();
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void aCutWhileTheWriterWritesLeavesNothingToBeHeard() throws Exception {
        ClockedSink real = new ClockedSink(RATE, Duration.ofMillis(30), FAST, samples -> {});
        Playback playback = playback(real);
        AtomicBoolean over = new AtomicBoolean();
        Thread writer = repeat(over, () -> step(playback));
        try {
            for (int i = 0; i < 100; i++) {
                String response = "resp_" + i;
                long before = real.playedSamples();
                playback.began(response, null);
                playback.add(delta(response, "item_" + i, LONG), PCM);
                while (real.playedSamples() == before) {
                    Thread.onSpinWait();
                }
                Playback.Cut cut = playback.cut().get(0);
                long heard = real.playedSamples() - before;
                assertThat(Pacer.samples(cut.played().toNanos() + 1, RATE)).isEqualTo(heard);
                for (int spin = 0; spin < 50; spin++) {
                    assertThat(real.playedSamples() - before).isEqualTo(heard);
                }
                playback.done(response);
            }
        } finally {
            over.set(true);
            writer.join();
        }
        assertThat(playback.retained()).isZero();
    }

    @Test
    void aSpeakerThatIsBrokenIsSilentForTheGateToo() {
        Playback playback = playback(new BrokenSink());
        playback.add(delta("resp_1", "item_1", 500), PCM);
        assertThatThrownBy(playback::step).isInstanceOf(IOException.class);
        playback.end();

        assertThat(playback.unheard()).isZero();
    }

    /** As with {@code Speaker.write} while its device is gone. */
    @Test
    void whatTheSinkHasNotTakenIsNotBeingHeard() throws Exception {
        LateSink late = new LateSink();
        Playback playback = playback(late);
        playback.add(delta("resp_1", "item_1", 1_000), PCM);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> step(playback));
        late.entered.await();

        assertThat(playback.unheard()).isZero();
        playback.end();
        writer.get(20, TimeUnit.SECONDS);
    }

    private static void step(Playback playback) {
        try {
            playback.step();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aCutSpeechStaysSilentWhoeverResumes() throws Exception {
        ClockedSink real = new ClockedSink(RATE, Duration.ofMillis(30), FAST, samples -> {});
        Playback playback = playback(real);
        AtomicBoolean over = new AtomicBoolean();
        Thread writer = repeat(over, () -> step(playback));
        Thread resumer = repeat(over, () -> playback.resume(Playback.Hold.TURN));
        try {
            for (int i = 0; i < 300; i++) {
                String response = "resp_" + i;
                long before = real.playedSamples();
                playback.began(response, null);
                playback.add(delta(response, "item_" + i, LONG), PCM);
                while (real.playedSamples() == before) {
                    Thread.onSpinWait();
                }
                playback.cut();
                long heard = real.playedSamples();
                for (int spin = 0; spin < 50; spin++) {
                    Thread.yield();
                }
                assertThat(real.playedSamples()).as("after cut %d", i).isEqualTo(heard);
                playback.done(response);
            }
        } finally {
            over.set(true);
            writer.join();
            resumer.join();
        }
        assertThat(playback.retained()).isZero();
    }

    @Test
    void aWordThatComesAfterItsResponseBlocksNobody() throws Exception {
        Playback playback = playback(sink);
        playback.began("resp_1", null);
        playback.add(delta("resp_1", "item_1", 100), PCM);
        playback.done("resp_1");
        pass(playback, 200);
        playback.append(new PlaybackClock.Part("item_1", 0), "resp_1", PCM, "late");

        assertThat(playback.isSilent()).isTrue();
    }

    @Test
    void aResumeDuringAHoldIsNotForgotten() throws Exception {
        Playback[] playback = new Playback[1];
        AtomicBoolean resumes = new AtomicBoolean();
        // The writer hears of the resume, and finds that enough is in the sink, before the hold has taken that back.
        playback[0] = playback(new ForwardingSink(sink) {
            @Override
            public void flush() {
                if (resumes.getAndSet(false)) {
                    playback[0].resume(Playback.Hold.PAUSE);
                    await(playback[0]);
                    step(playback[0]);
                }
                super.flush();
            }
        });
        playback[0].add(delta("resp_1", "item_1", 1_000), PCM);
        await(playback[0]);
        playback[0].step();
        resumes.set(true);
        playback[0].hold(Playback.Hold.PAUSE);
        CompletableFuture<Void> goesOn =
                CompletableFuture.runAsync(() -> await(playback[0]), task -> new Thread(task).start());

        assertThat(goesOn).succeedsWithin(Duration.ofSeconds(10));
        playback[0].step();
        assertThat(playback[0].unheard()).isPositive();
    }

    private static void await(Playback playback) {
        try {
            playback.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
