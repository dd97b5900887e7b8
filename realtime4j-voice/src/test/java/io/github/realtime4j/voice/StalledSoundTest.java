package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.SessionOptions;
import io.github.realtime4j.SessionState;
import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.protocol.ConversationEvent;
import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.InputAudioTranscription;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TranscriptionModel;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.ScriptedResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sound that comes to a standstill on one side stops that side only. */
final class StalledSoundTest {
    private static final int RATE = 24_000;
    private static final Duration SOON = Duration.ofSeconds(15);

    private final Nearby nearby = new Nearby();

    @AfterEach
    void tearDown() {
        nearby.close();
    }

    /** Somebody who speaks when told, at the world's pace. */
    private static final class Speaker implements AudioSource {
        private final Pacer pacer = new Pacer(VoiceClock.SYSTEM, RATE);
        private volatile User user = new User(RATE);

        void say(String text) {
            User speaker = new User(RATE);
            speaker.say(text);
            user = speaker;
        }

        @Override
        public int sampleRate() {
            return RATE;
        }

        @Override
        public int read(short[] samples, int offset, int length) throws IOException {
            try {
                pacer.await(length);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return user.read(samples, offset, length);
        }

        @Override
        public void close() {}
    }

    /** A way to a telephone that takes one piece, and no more until it is let go. */
    private static final class Jammed implements MarkedSink.Line {
        private final CompletableFuture<Void> reached = new CompletableFuture<>();
        private final CountDownLatch free = new CountDownLatch(1);

        @Override
        public void audio(short[] samples, int offset, int length) throws IOException {
            reached.complete(null);
            try {
                free.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void mark(String name) {}

        @Override
        public void clear() {}
    }

    @Test
    void aLineThatIsJammedKeepsNeitherTheUserNorTheInterruptionWaiting() {
        nearby.server.enqueue(ScriptedResponse.speech(Sounds.loud(5_000), "Hm."));
        Jammed line = new Jammed();
        Speaker user = new Speaker();
        CompletableFuture<InputAudioBufferEvent> heard = new CompletableFuture<>();
        CompletableFuture<ConversationEvent> told = new CompletableFuture<>();
        try (RealtimeSession session = nearby.session()) {
            session.on(InputAudioBufferEvent.SpeechStopped.class, heard::complete);
            session.on(ConversationEvent.ItemDeleted.class, told::complete);
            session.on(ConversationEvent.ItemTruncated.class, told::complete);
            Voice voice = Voice.attach(session)
                    .source(user)
                    .sink(new MarkedSink(line, RATE, Duration.ofSeconds(1)))
                    .start();
            try {
                session.respond();
                assertThat(line.reached).succeedsWithin(SOON);
                user.say("Stop, that is enough.");

                assertThat(heard).succeedsWithin(SOON);
                assertThat(told).succeedsWithin(SOON);
            } finally {
                line.free.countDown();
                voice.close();
            }
        }
    }

    @Test
    void theVoiceEndsThoughTheNetworkTakesNoSound() throws Exception {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        Clogged network = new Clogged(nearby.transport());
        try (RealtimeClient narrow = nearby.client(network)) {
            RealtimeSession session = narrow.newSession(
                    SessionOptions.builder().maxQueuedAudio(4_096).build());
            Voice voice = Voice.attach(session)
                    .source(new Speaker())
                    .sink(new ClockedSink(RATE, Duration.ofMillis(100), VoiceClock.SYSTEM, samples -> {}))
                    .threads(task -> {
                        Thread thread = new Thread(task);
                        thread.setDaemon(true);
                        threads.add(thread);
                        return thread;
                    })
                    .start();
            network.clog();
            Thread input = threads.stream()
                    .filter(thread -> thread.getName().endsWith("input"))
                    .findFirst()
                    .orElseThrow();
            while (input.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            voice.close();
            input.join(SOON.toMillis());

            assertThat(input.isAlive()).isFalse();
            assertThat(session.state()).isEqualTo(SessionState.OPEN);
        }
    }

    @Test
    void whatIsHeldForASoundGoesOnThoughTheMicrophoneHangs() {
        SessionConfig config = SessionConfig.builder()
                .turnDetection(TurnDetection.serverVad().threshold(0.95))
                .build();
        try (Room room = new Room(config)) {
            room.server.enqueue(ScriptedResponse.speech(Sounds.loud(3_000), "Hm."));
            room.start(room.voice(room.sink(RATE)).interruptions(Interruptions.IMMEDIATE.anticipating()));
            room.session.respond();
            room.pass(1_000);
            room.user.say(User.speech("Stop", RATE));
            room.pass(90);
            room.hang();
            room.pass(1_000);
            assertThat(room.voice().isSilent()).isFalse();
            assertThat(room.events(VoiceEvent.UserStarted.class)).isEmpty();
            assertThat(room.events(VoiceEvent.Resumed.class)).isEmpty();
            room.pass(5_000);

            assertThat(room.events(VoiceEvent.Resumed.class)).hasSize(1);
            assertThat(room.events(VoiceEvent.AssistantFinished.class)).hasSize(1);
        }
    }

    @Test
    void aTurnWhoseWordsNeverComeIsAnsweredThoughTheVoiceHasNoMicrophone() throws Exception {
        SessionConfig config = SessionConfig.builder()
                .turnDetection(TurnDetection.serverVad().silenceDurationMs(200))
                .transcription(InputAudioTranscription.of(TranscriptionModel.GPT_4O_MINI_TRANSCRIBE))
                .build();
        try (Room room = new Room(
                config,
                RATE,
                transport -> new Rewritten(transport, json -> json.contains("input_audio_transcription.") ? "" : json),
                true)) {
            room.server.enqueue(ScriptedResponse.speech(Sounds.loud(9_000), "Hm."), ScriptedResponse.text("Well."));
            room.start(Voice.attach(room.session)
                    .sink(room.sink(RATE))
                    .clock(room)
                    .stepped()
                    .on(VoiceEvent.class, room.events::add)
                    .interruptions(Interruptions.recoverable()));
            room.session.respond();
            room.pass(1_000);
            append(room, User.speech("Stop, that is enough.", RATE));
            append(room, new short[RATE]);
            assertThat(room.events(VoiceEvent.UserStopped.class)).hasSize(1);
            room.pass(6_000);

            assertThat(room.events(VoiceEvent.Interrupted.class)).hasSize(1);
            assertThat(Collections.frequency(room.commands(), "response.create"))
                    .isEqualTo(2);
        }
    }

    /** What somebody says whom the application hears itself. */
    private static void append(Room room, short[] samples) {
        for (int at = 0; at + RATE / 50 <= samples.length; at += RATE / 50) {
            room.session.input().append(Pcm16.toAudioBytes(Arrays.copyOfRange(samples, at, at + RATE / 50)));
            room.pass(20);
        }
    }
}
