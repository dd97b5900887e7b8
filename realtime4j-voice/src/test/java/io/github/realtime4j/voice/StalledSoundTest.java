package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.protocol.ConversationEvent;
import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.server.speech.ToneSynthesizer;
import io.github.realtime4j.transport.InMemoryTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sound that comes to a standstill on one side stops that side only. */
final class StalledSoundTest {
    private static final int RATE = 24_000;
    private static final Duration SOON = Duration.ofSeconds(15);

    private final RealtimeServer server = RealtimeServer.builder()
            .inMemory()
            .synthesizer(new ToneSynthesizer())
            .start();
    private final RealtimeClient client = RealtimeClient.builder()
            .endpoint(Endpoint.custom(URI.create("ws://test/v1/realtime")))
            .apiKey("test")
            .transport(new InMemoryTransport(server.acceptor()))
            .build();

    @AfterEach
    void tearDown() {
        client.close();
        server.close();
    }

    private RealtimeSession session() {
        return client.newSession(SessionConfig.builder()
                .turnDetection(TurnDetection.serverVad().silenceDurationMs(200))
                .build());
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
        server.enqueue(ScriptedResponse.speech(Sounds.loud(5_000), "Hm."));
        Jammed line = new Jammed();
        Speaker user = new Speaker();
        CompletableFuture<InputAudioBufferEvent> heard = new CompletableFuture<>();
        CompletableFuture<ConversationEvent> told = new CompletableFuture<>();
        try (RealtimeSession session = session()) {
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
}
