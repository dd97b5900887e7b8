package io.github.realtime4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.codec.EventCodec;
import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorEvent;
import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.ProtocolWarning;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.SessionEvent;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.Handshake;
import io.github.realtime4j.transport.Handshake.Header;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.InMemoryTransport;
import io.github.realtime4j.transport.Receiver;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The raw connection against a far end that is played by the test, in memory and on the test's own thread. */
final class RealtimeConnectionTest {
    private static final String CREATED =
            "{\"type\":\"session.created\",\"event_id\":\"event_1\",\"session\":{\"id\":\"sess_1\"}}";
    private static final Endpoint ENDPOINT = Endpoint.custom(URI.create("ws://test/v1/realtime"));

    private final FarEnd server = new FarEnd();
    private final ManualTimer timer = new ManualTimer();
    private final List<RealtimeClient> clients = new ArrayList<>();

    /** Remembers what arrives; answers as told. */
    private static final class FarEnd implements Receiver {
        private final List<String> greetings = new ArrayList<>(List.of(CREATED));
        private final ConcurrentLinkedQueue<String> messages = new ConcurrentLinkedQueue<>();
        private final List<Handshake> handshakes = new ArrayList<>();
        private Connection connection;
        private ConnectionEnd end;
        private int closeCode;

        Receiver accept(Handshake handshake) {
            handshakes.add(handshake);
            return this;
        }

        @Override
        public void onOpen(Connection connection) {
            this.connection = connection;
            greetings.forEach(this::say);
            if (closeCode != 0) {
                connection.close(closeCode, "invalid_request_error.invalid_api_key");
            }
        }

        void say(String json) {
            connection.send(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public void onMessage(ByteBuffer message) {
            messages.add(StandardCharsets.UTF_8.decode(message).toString());
        }

        @Override
        public void onEnd(ConnectionEnd end) {
            this.end = end;
        }
    }

    /** Runs what was scheduled when told. */
    private static final class ManualTimer extends ScheduledThreadPoolExecutor {
        private final List<Runnable> scheduled = new ArrayList<>();

        ManualTimer() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            scheduled.add(task);
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }
    }

    private RealtimeClient client() {
        RealtimeClient client = builder().build();
        clients.add(client);
        return client;
    }

    private RealtimeClient.Builder builder() {
        return RealtimeClient.builder()
                .apiKey("sk-secret")
                .timer(timer)
                .endpoint(ENDPOINT)
                .transport(new InMemoryTransport(server::accept, Runnable::run));
    }

    @AfterEach
    void tearDown() {
        clients.forEach(RealtimeClient::close);
    }

    @Test
    void theGreetingIsTheFirstEvent() throws Exception {
        RealtimeConnection connection = client().open();
        assertThat(connection.receive()).isInstanceOf(SessionEvent.Created.class);
        server.say("{\"type\":\"input_audio_buffer.cleared\",\"event_id\":\"event_2\"}");
        assertThat(connection.receive()).isEqualTo(new InputAudioBufferEvent.Cleared("event_2"));
        assertThat(connection.receive(Duration.ZERO)).isEmpty();
    }

    @Test
    void aConnectionThatNobodyWaitsForAnyMoreIsNotLeftOpen() {
        server.greetings.clear();
        CompletableFuture<RealtimeConnection> opening = client().openAsync(ENDPOINT, null);
        opening.completeExceptionally(new TimeoutException("The application has no patience"));
        server.say(CREATED);

        assertThat(server.end).isNotNull();
        assertThat(server.end.reason()).isEqualTo("dropped without a close frame");
    }

    @Test
    void aWrongKeyIsAFailedConnectAlthoughTheHandshakeSucceeded() {
        server.greetings.set(
                0,
                "{\"type\":\"error\",\"event_id\":\"event_1\",\"error\":{\"type\":\"invalid_request_error\","
                        + "\"code\":\"invalid_api_key\",\"message\":\"Incorrect API key provided: sk-***.\"}}");
        server.closeCode = 3000;
        ConnectRefusedException refused = catchThrowableOfType(ConnectRefusedException.class, () -> client().open());
        assertThat(refused)
                .hasMessage("The server refused the session: Incorrect API key provided: sk-***. (invalid_api_key);"
                        + " connection closed with 3000 invalid_request_error.invalid_api_key (ended by SERVER)");
        assertThat(refused.error().code()).isEqualTo(ErrorCode.INVALID_API_KEY);
        assertThat(refused.end().code()).isEqualTo(3000);
    }

    @Test
    void aRefusedUpgradeKeepsStatusRequestIdAndBody() {
        RealtimeClient client = builder()
                .transport(new InMemoryTransport(
                        handshake -> {
                            throw new HandshakeException("Refused with 401", 401, "req_1", "{}", null);
                        },
                        Runnable::run))
                .build();
        clients.add(client);
        ConnectRefusedException refused = catchThrowableOfType(ConnectRefusedException.class, client::open);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.requestId()).isEqualTo("req_1");
        assertThat(refused.body()).isEqualTo("{}");
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() {
        server.greetings.clear();
        CompletableFuture<RealtimeConnection> opening = client().openAsync(ENDPOINT, null);
        assertThat(opening).isNotDone();
        timer.scheduled.forEach(Runnable::run);
        assertThat(opening)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .withCauseInstanceOf(ConnectRefusedException.class)
                .withMessageContaining("expected session.created");
        assertThat(server.end.code()).isEqualTo(ConnectionEnd.ABNORMAL);
    }

    @Test
    void aCallDoesNotGreet() throws Exception {
        server.greetings.clear();
        RealtimeConnection connection = client().open(ENDPOINT.forCall("rtc_1"));
        assertThat(connection.receive(Duration.ZERO)).isEmpty();
        assertThat(server.handshakes.get(0).uri()).hasQuery("call_id=rtc_1");
    }

    @Test
    void aMalformedMessageIsAWarningAndTheNextOneStillComes() throws Exception {
        RealtimeConnection connection = client().open();
        connection.receive();
        server.say("{\"type\":\"response.output_audio.delta\",\"output_index\":\"seven\"}");
        server.say("no json");
        server.say("{\"type\":\"input_audio_buffer.cleared\"}");
        assertThat(connection.receive())
                .isEqualTo(new ProtocolWarning(
                        "response.output_audio.delta",
                        "Expected an integer but was \"seven\" at $.output_index in response.output_audio.delta"));
        assertThat(connection.receive()).isInstanceOf(ProtocolWarning.class);
        assertThat(connection.receive()).isInstanceOf(InputAudioBufferEvent.Cleared.class);
    }

    @Test
    void anErrorAfterTheGreetingIsAnEvent() throws Exception {
        RealtimeConnection connection = client().open();
        connection.receive();
        server.say("{\"type\":\"error\",\"error\":{\"code\":\"invalid_value\",\"message\":\"no\"}}");
        assertThat(connection.receive()).isInstanceOf(ErrorEvent.class);
    }

    @Test
    void readingPausesWhileNobodyReceivesAndNothingIsLost() throws Exception {
        RealtimeConnection connection = client().open();
        connection.receive();
        String text = "x".repeat(1 << 20);
        for (int i = 0; i < 12; i++) {
            server.say("{\"type\":\"note\",\"n\":" + i + ",\"text\":\"" + text + "\"}");
        }
        assertThat(server.connection.queuedBytes()).isGreaterThan(4 << 20);
        for (int i = 0; i < 12; i++) {
            assertThat(connection.receive().toString()).contains("\"n\":" + i + ",");
        }
        assertThat(server.connection.queuedBytes()).isZero();
    }

    @Test
    void theTapSeesBothDirections() throws Exception {
        List<String> seen = new ArrayList<>();
        RealtimeConnection connection = client().open(
                        ENDPOINT,
                        (direction, message) -> seen.add(direction + " " + StandardCharsets.UTF_8.decode(message)));
        connection.send(new ClientEvent.InputAudioBufferAppend(AudioBytes.copyOf(new byte[] {1, 2, 3})));
        connection.sendRaw("{\"type\":\"note\"}");
        assertThat(seen)
                .containsExactly(
                        "RECEIVED " + CREATED,
                        "SENT {\"type\":\"input_audio_buffer.append\",\"audio\":\"AQID\"}",
                        "SENT {\"type\":\"note\"}");
    }

    @Test
    void closingEndsTheIterationAndRefusesToSend() {
        RealtimeConnection connection = client().open();
        connection.close();
        assertThat(connection.events()).isEmpty();
        assertThatThrownBy(() -> connection.send(new ClientEvent.ResponseCreate()))
                .isInstanceOf(ConnectionClosedException.class);
        assertThat(server.end.code()).isEqualTo(ConnectionEnd.NORMAL);
        assertThat(connection.ended()).isCompletedWithValueMatching(end -> end.by() == ConnectionEnd.Side.USER);
    }

    @Test
    void anEndByTheServerComesAfterItsLastEventAndNamesItsReason() throws Exception {
        RealtimeConnection connection = client().open();
        server.say("{\"type\":\"error\",\"error\":{\"code\":\"session_expired\",\"message\":"
                + "\"Your session hit the maximum duration of 60 minutes.\"}}");
        server.connection.close(ConnectionEnd.GOING_AWAY, "Your session hit the maximum duration of 60 minutes.");
        List<ServerEvent> received = new ArrayList<>();
        ConnectionLostException lost = catchThrowableOfType(
                ConnectionLostException.class, () -> connection.events().forEach(received::add));
        assertThat(received).hasSize(2);
        assertThat(lost.end().code()).isEqualTo(ConnectionEnd.GOING_AWAY);
        assertThat(lost.lastError().code()).isEqualTo(ErrorCode.SESSION_EXPIRED);
    }

    @Test
    void theKeyIsAskedAnewForEachConnectionAndNotPrinted() {
        AtomicInteger asked = new AtomicInteger();
        RealtimeClient client = builder()
                .apiKey(() -> "sk-" + asked.incrementAndGet())
                .organization("org-1")
                .build();
        clients.add(client);
        client.open();
        client.open();
        assertThat(server.handshakes.get(0).headers())
                .containsExactly(
                        new Header("Authorization", "Bearer sk-1"), new Header("OpenAI-Organization", "org-1"));
        assertThat(server.handshakes.get(1).headers()).contains(new Header("Authorization", "Bearer sk-2"));
        assertThat(server.handshakes.toString()).doesNotContain("sk-1");
    }

    @Test
    void aMissingKeyIsSaidBeforeConnecting() {
        RealtimeClient client =
                builder().endpoint(Endpoint.openai()).apiKey((String) null).build();
        clients.add(client);
        assertThatThrownBy(client::open)
                .isInstanceOf(ConnectRefusedException.class)
                .hasMessage("No API key: pass one to RealtimeClient.builder().apiKey(…) or set OPENAI_API_KEY");
        assertThat(server.handshakes).isEmpty();
    }

    @Test
    void tenThousandAppendsFromFourThreadsAllArriveInOrderPerThread() throws Exception {
        RealtimeClient client =
                builder().transport(new InMemoryTransport(server::accept)).build();
        clients.add(client);
        RealtimeConnection connection = client.open();
        CountDownLatch done = new CountDownLatch(4);
        for (int thread = 0; thread < 4; thread++) {
            byte number = (byte) thread;
            new Thread(() -> {
                        for (int i = 0; i < 2_500; i++) {
                            byte[] pcm = new byte[960];
                            pcm[0] = number;
                            pcm[1] = (byte) (i >> 8);
                            pcm[2] = (byte) i;
                            connection.send(new ClientEvent.InputAudioBufferAppend(AudioBytes.wrap(pcm)));
                        }
                        done.countDown();
                    })
                    .start();
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        connection.close();
        connection.ended().get(30, TimeUnit.SECONDS);
        int[] next = new int[4];
        for (String message : server.messages) {
            ByteBuffer json = ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8));
            byte[] pcm = ((ClientEvent.InputAudioBufferAppend)
                            EventCodec.of(Dialect.GA).decodeClientEvent(json))
                    .audio()
                    .toByteArray();
            assertThat((pcm[1] & 0xff) << 8 | (pcm[2] & 0xff)).isEqualTo(next[pcm[0]]++);
        }
        assertThat(next).containsOnly(2_500);
    }
}
