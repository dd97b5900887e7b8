package io.github.realtime4j.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.okhttp.OkHttpClient;
import com.openai.core.ClientOptions;
import com.openai.core.JsonField;
import com.openai.core.http.WebSocketWriteNotAttempted;
import com.openai.helpers.RealtimeConnection;
import com.openai.helpers.RealtimeWebSocketOptions;
import com.openai.models.realtime.ConversationItemCreateEvent;
import com.openai.models.realtime.InputAudioBufferAppendEvent;
import com.openai.models.realtime.InputAudioBufferCommitEvent;
import com.openai.models.realtime.RealtimeClientEvent;
import com.openai.models.realtime.RealtimeConversationItemUserMessage;
import com.openai.models.realtime.RealtimeConversationItemUserMessage.Content;
import com.openai.models.realtime.RealtimeResponse;
import com.openai.models.realtime.RealtimeResponseCreateParams;
import com.openai.models.realtime.RealtimeServerEvent;
import com.openai.models.realtime.RealtimeSessionCreateRequest;
import com.openai.models.realtime.ResponseCreateEvent;
import com.openai.models.realtime.SessionUpdateEvent;
import io.github.realtime4j.server.RealtimeServer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * The official Java SDK, unmodified, connected to a server of ours. Every event it receives has to be one that it knows
 * and finds valid. For one thread.
 */
final class OfficialClient implements AutoCloseable {
    static final String KEY = "sk-peers";
    private static final int ATTEMPTS = 10_000;
    private static final int PATIENCE_SECONDS = 30;

    private final OkHttpClient http;
    private final RealtimeConnection connection;
    private final List<RealtimeServerEvent> received = new ArrayList<>();

    private OfficialClient(OkHttpClient http, RealtimeConnection connection) {
        this.http = http;
        this.connection = connection;
    }

    /** A conversation with {@code gpt-realtime}, after {@code session.created}. */
    static OfficialClient connect(RealtimeServer server) {
        return connect(
                server,
                KEY,
                RealtimeWebSocketOptions.builder().model("gpt-realtime").build());
    }

    static OfficialClient connect(RealtimeServer server, String key, RealtimeWebSocketOptions options) {
        OfficialClient client = open(server, key, options);
        assertThat(client.next().isSessionCreated()).isTrue();
        return client;
    }

    /** Whatever the server says first. */
    static OfficialClient open(RealtimeServer server, String key, RealtimeWebSocketOptions options) {
        OkHttpClient http = OkHttpClient.builder().build();
        ClientOptions client = ClientOptions.builder()
                .httpClient(http)
                .apiKey(key)
                .baseUrl(server.baseUrl().toString())
                .build();
        return new OfficialClient(http, RealtimeConnection.connect(client, options));
    }

    /** Sends; again, as its documentation does, while it says that it is busy with what it was given before. */
    void send(RealtimeClientEvent event) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                connection.send(event);
                return;
            } catch (IllegalStateException busy) {
                if (!(busy instanceof WebSocketWriteNotAttempted)) {
                    throw busy;
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
        throw new AssertionError("Still busy after " + ATTEMPTS + " attempts");
    }

    /** The next event, checked. */
    RealtimeServerEvent next() {
        try {
            RealtimeServerEvent event = connection.receiveAsync().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(event.isValid())
                    .withFailMessage(() -> "The client finds this event invalid: " + event)
                    .isTrue();
            received.add(event);
            return event;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("No further event after " + types(), e);
        }
    }

    /** The next event that fits; what comes before it is checked and kept. An error that was not asked for fails. */
    RealtimeServerEvent await(Predicate<RealtimeServerEvent> wanted) {
        while (true) {
            RealtimeServerEvent event = next();
            if (wanted.test(event)) {
                return event;
            }
            if (event.isError()) {
                throw new AssertionError("The server reports " + event.asError());
            }
        }
    }

    RealtimeResponse awaitResponse() {
        return await(RealtimeServerEvent::isResponseDone).asResponseDone().response();
    }

    /** Everything since the last call. */
    List<RealtimeServerEvent> take() {
        List<RealtimeServerEvent> taken = List.copyOf(received);
        received.clear();
        return taken;
    }

    /** Types of what has been received and not taken, on the wire. */
    List<String> types() {
        return received.stream().map(OfficialClient::type).toList();
    }

    static String type(RealtimeServerEvent event) {
        JsonField<?> json = event._json().orElseThrow();
        return json.asObject().orElseThrow().get("type").asStringOrThrow();
    }

    /** Changes the session and waits for the acknowledgement. */
    RealtimeServerEvent update(RealtimeSessionCreateRequest session) {
        send(RealtimeClientEvent.ofSessionUpdate(
                SessionUpdateEvent.builder().session(session).build()));
        return await(RealtimeServerEvent::isSessionUpdated);
    }

    void say(String text) {
        send(RealtimeClientEvent.ofConversationItemCreate(
                ConversationItemCreateEvent.builder().item(userMessage(text)).build()));
    }

    static RealtimeConversationItemUserMessage userMessage(String text) {
        return RealtimeConversationItemUserMessage.builder()
                .addContent(Content.builder()
                        .type(Content.Type.INPUT_TEXT)
                        .text(text)
                        .build())
                .build();
    }

    void createResponse() {
        send(RealtimeClientEvent.ofResponseCreate(ResponseCreateEvent.builder().build()));
    }

    void createResponse(RealtimeResponseCreateParams response) {
        send(RealtimeClientEvent.ofResponseCreate(
                ResponseCreateEvent.builder().response(response).build()));
    }

    /** Sends audio in pieces of 100 ms. */
    void append(byte[] pcm) {
        for (int at = 0; at < pcm.length; at += 4_800) {
            byte[] piece = Arrays.copyOfRange(pcm, at, Math.min(pcm.length, at + 4_800));
            send(RealtimeClientEvent.ofInputAudioBufferAppend(InputAudioBufferAppendEvent.builder()
                    .audio(Base64.getEncoder().encodeToString(piece))
                    .build()));
        }
    }

    void commit() {
        send(RealtimeClientEvent.ofInputAudioBufferCommit(
                InputAudioBufferCommitEvent.builder().build()));
    }

    /** The sound of all audio deltas among these. */
    static byte[] audio(List<RealtimeServerEvent> events) {
        ByteArrayOutputStream sound = new ByteArrayOutputStream();
        for (RealtimeServerEvent event : events) {
            event.responseOutputAudioDelta()
                    .ifPresent(delta -> sound.writeBytes(Base64.getDecoder().decode(delta.delta())));
        }
        return sound.toByteArray();
    }

    @Override
    public void close() {
        connection.close();
        http.close();
    }
}
