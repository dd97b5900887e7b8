package io.github.realtime4j.voice;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.ManualTime;
import io.github.realtime4j.server.Pacing;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.speech.ToneSynthesizer;
import io.github.realtime4j.transport.InMemoryTransport;
import io.github.realtime4j.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A user, a voice and the embedded server, on one thread and in a time that passes when it is told to. */
final class Room implements AutoCloseable, VoiceClock {
    static final SessionConfig HANDS_FREE =
            SessionConfig.builder().turnDetection(TurnDetection.serverVad()).build();
    static final SessionConfig PUSH_TO_TALK =
            SessionConfig.builder().turnDetection(TurnDetection.OFF).build();
    static final String LONG_ANSWER = "It is a fine day in the whole country, and tomorrow it will rain a lot.";

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final ManualTime time = new ManualTime(START);
    final RealtimeServer server;
    final RealtimeClient client;
    final RealtimeSession session;
    final User user;
    private final List<short[]> heard = new ArrayList<>();
    final List<VoiceEvent> events = new ArrayList<>();
    private final boolean remembers;
    private Voice voice;
    private long heardSamples;
    private boolean ticks = true;
    private boolean hangs;

    Room(SessionConfig config) {
        this(config, 24_000, transport -> transport, true);
    }

    /** @param remembers whether sound and events are kept */
    Room(SessionConfig config, int userRate, UnaryOperator<Transport> network, boolean remembers) {
        this(config, userRate, (time, transport) -> network.apply(transport), remembers, RealtimeServer.builder());
    }

    interface Network {
        Transport between(ManualTime time, Transport transport);
    }

    Room(SessionConfig config, int userRate, Network network, boolean remembers, RealtimeServer.Builder builder) {
        this.remembers = remembers;
        this.user = new User(userRate);
        this.server = builder.sameThread()
                .time(time)
                .synthesizer(new ToneSynthesizer())
                .pacing(Pacing.SERVICE)
                .sessionLimit(Duration.ofHours(3))
                .start();
        this.client = RealtimeClient.builder()
                .endpoint(Endpoint.custom(URI.create("ws://test/v1/realtime")))
                .apiKey("test")
                .transport(network.between(time, new InMemoryTransport(server.acceptor(), Runnable::run)))
                .executor(Runnable::run)
                .build();
        this.session = client.newSession(config);
    }

    /** A sink in this room's time. */
    ClockedSink sink(int sampleRate) {
        return new ClockedSink(sampleRate, Duration.ofSeconds(1), this, samples -> {
            heardSamples += samples.length;
            if (remembers) {
                heard.add(samples);
            }
        });
    }

    Voice.Builder voice(AudioSink sink) {
        Voice.Builder builder =
                Voice.attach(session).source(user).sink(sink).clock(this).stepped();
        return remembers ? builder.on(VoiceEvent.class, events::add) : builder;
    }

    /** Starts the voice and its two loops, and lets half a second pass. */
    Voice start(Voice.Builder builder) {
        session.connectAsync();
        time.advance(Duration.ofSeconds(1));
        voice = builder.start();
        time.schedule(Duration.ofMillis(20), this::listen);
        time.schedule(Duration.ofMillis(10), this::play);
        time.advance(Duration.ofMillis(500));
        return voice;
    }

    private void listen() {
        try {
            if (!hangs) {
                voice.conversation().stepListening();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (ticks) {
            time.schedule(Duration.ofMillis(20), this::listen);
        }
    }

    private void play() {
        try {
            voice.conversation().stepOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (ticks) {
            time.schedule(Duration.ofMillis(10), this::play);
        }
    }

    /** From here on the microphone gives nothing, not even silence. */
    void hang() {
        hangs = true;
    }

    void pass(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    Voice voice() {
        return voice;
    }

    /** Closes the session, and gives what it has sent, without the sound. */
    List<String> commands() throws Exception {
        session.closeAsync();
        pass(1_000);
        return server.takeSession().types().stream()
                .filter(type -> !type.equals("input_audio_buffer.append"))
                .toList();
    }

    /** All that came out of the sink. */
    short[] heard() {
        short[] all = new short[heard.stream().mapToInt(piece -> piece.length).sum()];
        int at = 0;
        for (short[] piece : heard) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }

    long heardSamples() {
        return heardSamples;
    }

    <E extends VoiceEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public long nanos() {
        return Duration.between(START, time.instant()).toNanos();
    }

    @Override
    public void sleepUntil(long nanos) {
        if (nanos > nanos()) {
            throw new IllegalStateException("Nobody may wait in this room");
        }
    }

    @Override
    public void close() {
        ticks = false;
        if (voice != null) {
            voice.close();
        }
        client.close();
        server.close();
    }
}
