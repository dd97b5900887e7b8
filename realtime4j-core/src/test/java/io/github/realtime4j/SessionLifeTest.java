package io.github.realtime4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.Session;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.SessionEvent;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.HandshakeException;
import io.github.realtime4j.transport.InMemoryTransport;
import io.github.realtime4j.usage.Budget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a session begins: everything between NEW and OPEN, and what may go wrong there. */
final class SessionLifeTest {
    private static final String REFUSAL =
            "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"code\":\"invalid_api_key\","
                    + "\"message\":\"Incorrect API key provided.\"}}";

    private final SessionRig rig = new SessionRig();
    private final ScriptedServer server = rig.server;

    @AfterEach
    void tearDown() {
        rig.close();
    }

    private static <X extends Throwable> X failure(Class<X> type, CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        return catchThrowableOfType(type, () -> {
            try {
                future.join();
            } catch (java.util.concurrent.CompletionException e) {
                throw e.getCause();
            }
        });
    }

    private void assertEndedOnceAs(RealtimeSession session, SessionState state, Throwable cause) {
        assertThat(session.state()).isEqualTo(state);
        assertThat(rig.ends).hasSize(1);
        assertThat(rig.ends.get(0).state()).isEqualTo(state);
        assertThat(rig.ends.get(0).cause()).isSameAs(cause);
        assertThat(session.ended()).isCompletedWithValue(rig.ends.get(0));
        assertThat(rig.time.waiting()).isZero();
    }

    @Test
    void verbsBeforeItIsOpenAreMistakes() {
        server.acknowledges = false;
        RealtimeSession session = rig.session();
        assertThat(session.state()).isEqualTo(SessionState.NEW);
        String message = "The session is NEW: connect it, and wait until it is OPEN";
        assertThatThrownBy(() -> session.update(SessionRig.CONFIG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
        assertThatThrownBy(session::respond).hasMessage(message);
        assertThatThrownBy(session::cancel).hasMessage(message);
        assertThatThrownBy(() -> session.input().append(new byte[2])).hasMessage(message);
        session.connectAsync();
        assertThatThrownBy(() -> session.ask("Hello"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The session is CONNECTING: connect it, and wait until it is OPEN");
    }

    @Test
    void itIsOpenWhenTheServerHasGreetedAndAcknowledgedTheConfiguration() {
        server.greets = false;
        server.acknowledges = false;
        RealtimeSession session = rig.session();
        CompletableFuture<RealtimeSession> connecting = session.connectAsync();
        assertThat(session.state()).isEqualTo(SessionState.CONNECTING);
        assertThat(server.messages).isEmpty();
        server.say(ScriptedServer.CREATED);
        assertThat(server.types()).containsExactly("session.update");
        assertThat(connecting).isNotDone();
        server.say(ScriptedServer.UPDATED);
        assertThat(connecting).isCompletedWithValue(session);
        assertThat(session.state()).isEqualTo(SessionState.OPEN);
        assertThat(session.settings().id()).isEqualTo("sess_1");
        assertThat(rig.time.waiting()).isZero();
    }

    @Test
    void withNothingToConfigureTheGreetingIsEnough() {
        RealtimeSession session = rig.client(rig.builder()).newSession().connect();
        assertThat(session.state()).isEqualTo(SessionState.OPEN);
        assertThat(server.messages).isEmpty();
    }

    @Test
    void connectingAgainChangesNothing() {
        RealtimeSession session = rig.session();
        CompletableFuture<RealtimeSession> first = session.connectAsync();
        assertThat(session.connect()).isSameAs(session);
        assertThat(session.connectAsync()).isCompletedWithValue(session);
        assertThat(first).isCompletedWithValue(session);
        assertThat(server.handshakes).hasSize(1);
        assertThat(server.types()).containsExactly("session.update");
    }

    @Test
    void handlersThatAreAttachedBeforeMissNothing() {
        List<String> seen = new ArrayList<>();
        RealtimeSession session = rig.session();
        session.on(SessionEvent.class, event -> seen.add(event.getClass().getSimpleName()));
        session.connect();
        assertThat(seen).containsExactly("Created", "Updated");
    }

    @Test
    void aConfigurationThatIsRefusedIsAFailedConnect() {
        server.acknowledges = false;
        RealtimeSession session = rig.session();
        CompletableFuture<RealtimeSession> connecting = session.connectAsync();
        server.say("{\"type\":\"error\",\"error\":{\"code\":\"unknown_parameter\",\"message\":\"Unknown parameter:"
                + " 'session.x'.\",\"event_id\":\"" + server.eventId("session.update") + "\"}}");
        ServerErrorException refused = failure(ServerErrorException.class, connecting);
        assertThat(refused).hasMessage("Unknown parameter: 'session.x'. (unknown_parameter)");
        assertEndedOnceAs(session, SessionState.FAILED, refused);
        assertThat(server.end.code()).isEqualTo(ConnectionEnd.ABNORMAL);
        assertThatThrownBy(session::connect).isSameAs(refused);
    }

    @Test
    void aConfigurationThatIsNeverAcknowledgedIsAFailedConnect() {
        server.acknowledges = false;
        RealtimeSession session = rig.session();
        CompletableFuture<RealtimeSession> connecting = session.connectAsync();
        rig.pass(9_999);
        assertThat(connecting).isNotDone();
        rig.pass(1);
        CommandTimeoutException late = failure(CommandTimeoutException.class, connecting);
        assertThat(late)
                .hasMessage("The server did not answer session.update within 10000 ms; whether it had an effect is not"
                        + " known (for a server that never acknowledges, use Endpoint.withoutAcknowledgements())");
        assertEndedOnceAs(session, SessionState.FAILED, late);
        assertThat(server.end).isNotNull();
    }

    @Test
    void anErrorInsteadOfAGreetingIsAFailedConnect() {
        server.greets = false;
        RealtimeSession session = rig.session();
        CompletableFuture<RealtimeSession> connecting = session.connectAsync();
        server.say(REFUSAL);
        assertThat(connecting).isNotDone();
        server.connection.close(3000, "invalid_request_error.invalid_api_key");
        ConnectRefusedException refused = failure(ConnectRefusedException.class, connecting);
        assertThat(refused)
                .hasMessage("The server refused the session: Incorrect API key provided. (invalid_api_key);"
                        + " connection closed with 3000 invalid_request_error.invalid_api_key (ended by SERVER)");
        assertThat(refused.error().code()).isEqualTo(ErrorCode.INVALID_API_KEY);
        assertEndedOnceAs(session, SessionState.FAILED, refused);
        assertThat(rig.ends.get(0).connection().code()).isEqualTo(3000);
    }

    @Test
    void aConnectionThatIsLostBeforeTheAcknowledgementIsAFailedConnect() {
        server.acknowledges = false;
        RealtimeSession session = rig.session();
        CompletableFuture<RealtimeSession> connecting = session.connectAsync();
        server.connection.close(ConnectionEnd.INTERNAL_ERROR, "keepalive ping timeout");
        ConnectRefusedException refused = failure(ConnectRefusedException.class, connecting);
        assertThat(refused)
                .hasMessage("The server refused the session; connection closed with 1011 keepalive ping timeout"
                        + " (ended by SERVER)");
        assertEndedOnceAs(session, SessionState.FAILED, refused);
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() {
        server.greets = false;
        RealtimeSession session = rig.session();
        CompletableFuture<RealtimeSession> connecting = session.connectAsync();
        rig.pass(15_000);
        ConnectRefusedException refused = failure(ConnectRefusedException.class, connecting);
        assertThat(refused)
                .hasMessage("The server opened the connection and then said nothing: expected session.created (for a"
                        + " server that does not send it, use Endpoint.withoutGreeting())");
        assertEndedOnceAs(session, SessionState.FAILED, refused);
        assertThat(server.end.code()).isEqualTo(ConnectionEnd.ABNORMAL);
    }

    @Test
    void anEndpointWithoutGreetingIsConfiguredRightAfterTheHandshake() {
        server.greets = false;
        RealtimeSession session = rig.session(SessionRig.ENDPOINT.withoutGreeting(), SessionOptions.DEFAULT)
                .connect();
        assertThat(session.state()).isEqualTo(SessionState.OPEN);
        assertThat(server.types()).containsExactly("session.update");
    }

    @Test
    void anEndpointWithoutAcknowledgementsIsOpenWhenTheConfigurationIsSent() {
        server.acknowledges = false;
        RealtimeSession session = rig.session(SessionRig.ENDPOINT.withoutAcknowledgements(), SessionOptions.DEFAULT)
                .connect();
        assertThat(server.types()).containsExactly("session.update");
        CompletableFuture<Session> update =
                session.update(SessionConfig.builder().instructions("Sing.").build());
        assertThat(update).isCompleted();
        assertThat(session.items().delete("item_1")).isCompleted();
        assertThat(server.types()).containsExactly("session.update", "session.update", "conversation.item.delete");
        assertThat(rig.time.waiting()).isZero();
    }

    @Test
    void aKeyThatCannotBeFetchedIsAFailedConnect() {
        RealtimeClient client = rig.client(rig.builder().apiKey(() -> {
            throw new IllegalStateException("the vault is sealed");
        }));
        RealtimeSession session = rig.watched(client.newSession());
        ConnectRefusedException refused = failure(ConnectRefusedException.class, session.connectAsync());
        assertThat(refused).hasMessage("Cannot connect: java.lang.IllegalStateException: the vault is sealed");
        assertEndedOnceAs(session, SessionState.FAILED, refused);
    }

    @Test
    void aSourceOfKeysThatBreaksIsAFailedConnect() {
        RealtimeClient client = rig.client(rig.builder().apiKey(() -> {
            throw new NoClassDefFoundError("Vault");
        }));
        RealtimeSession session = rig.watched(client.newSession());
        ConnectRefusedException refused = failure(ConnectRefusedException.class, session.connectAsync());
        assertThat(refused).hasMessage("Cannot connect: java.lang.NoClassDefFoundError: Vault");
        assertEndedOnceAs(session, SessionState.FAILED, refused);
    }

    @Test
    void aMissingKeyIsAFailedConnect() {
        RealtimeClient client = rig.client(rig.builder().apiKey((String) null).endpoint(Endpoint.openai()));
        RealtimeSession session = rig.watched(client.newSession());
        assertThatThrownBy(session::connect)
                .isInstanceOf(ConnectRefusedException.class)
                .hasMessage("No API key: pass one to RealtimeClient.builder().apiKey(…) or set OPENAI_API_KEY");
        assertThat(session.state()).isEqualTo(SessionState.FAILED);
    }

    private RealtimeSession sideband() {
        server.greets = false;
        return rig.watched(rig.client(rig.builder()).newSideband("rtc_1", SessionRig.CONFIG, SessionOptions.DEFAULT));
    }

    private void refuseHandshakes(int count, int status) {
        for (int i = 0; i < count; i++) {
            server.refusals.add(new HandshakeException("Refused with " + status, status, null, null, null));
        }
    }

    @Test
    void aCallThatIsNotKnownYetIsAskedForAgainALittleLater() {
        refuseHandshakes(3, 404);
        RealtimeSession session = sideband();
        CompletableFuture<RealtimeSession> connecting = session.connectAsync();
        assertThat(server.handshakes).hasSize(1);
        rig.pass(99);
        assertThat(server.handshakes).hasSize(1);
        rig.pass(1);
        assertThat(server.handshakes).hasSize(2);
        rig.pass(200);
        assertThat(server.handshakes).hasSize(3);
        assertThat(connecting).isNotDone();
        rig.pass(400);
        assertThat(connecting).isCompletedWithValue(session);
        assertThat(server.handshakes).hasSize(4);
    }

    @Test
    void aCallThatNeverBecomesKnownIsGivenUpAfterSixAttempts() {
        refuseHandshakes(100, 404);
        RealtimeSession session = sideband();
        CompletableFuture<RealtimeSession> connecting = session.connectAsync();
        rig.pass(60_000);
        assertThat(server.handshakes).hasSize(6);
        ConnectRefusedException refused = failure(ConnectRefusedException.class, connecting);
        assertThat(refused.status()).isEqualTo(404);
        assertEndedOnceAs(session, SessionState.FAILED, refused);
    }

    @Test
    void otherRefusalsAndCallsAreNotAskedAgain() {
        refuseHandshakes(2, 401);
        ConnectRefusedException refused =
                failure(ConnectRefusedException.class, sideband().connectAsync());
        assertThat(refused.status()).isEqualTo(401);
        server.refusals.clear();
        refuseHandshakes(2, 404);
        refused = failure(ConnectRefusedException.class, rig.session().connectAsync());
        assertThat(refused.status()).isEqualTo(404);
        rig.pass(60_000);
        assertThat(server.handshakes).hasSize(2);
    }

    @Test
    void closedBetweenTwoAttemptsItIsNotDialledAgain() {
        refuseHandshakes(3, 404);
        RealtimeSession session = sideband();
        CompletableFuture<RealtimeSession> connecting = session.connectAsync();
        session.close();
        assertThat(failure(ConnectionClosedException.class, connecting)).hasMessage("The session has been closed");
        rig.pass(60_000);
        assertThat(server.handshakes).hasSize(1);
        assertEndedOnceAs(session, SessionState.CLOSED, null);
    }

    @Test
    void closedBeforeTheHandshakeSucceedsTheConnectionIsDroppedAsItComes() {
        rig.network.hold();
        RealtimeSession session = rig.session();
        CompletableFuture<RealtimeSession> connecting = session.connectAsync();
        session.close();
        assertThat(connecting).isCompletedExceptionally();
        rig.network.release();
        assertThat(server.end.code()).isEqualTo(ConnectionEnd.ABNORMAL);
        assertThat(server.messages).isEmpty();
        assertEndedOnceAs(session, SessionState.CLOSED, null);
    }

    @Test
    void aTransportThatIsClosedIsAFailedConnect() {
        InMemoryTransport transport = new InMemoryTransport(server::accept, Runnable::run);
        transport.close();
        RealtimeSession session =
                rig.watched(rig.client(rig.builder().transport(transport)).newSession());
        ConnectRefusedException refused = failure(ConnectRefusedException.class, session.connectAsync());
        assertThat(refused).hasMessage("the transport is closed");
        assertEndedOnceAs(session, SessionState.FAILED, refused);
    }

    @Test
    void theDurationOfABudgetCountsFromTheConnect() {
        SessionOptions options = SessionOptions.builder()
                .budget(Budget.UNLIMITED.maxDuration(Duration.ofMinutes(5)))
                .build();
        RealtimeSession session = rig.session(SessionRig.ENDPOINT, options).connect();
        rig.pass(299_999);
        assertThat(session.state()).isEqualTo(SessionState.OPEN);
        rig.pass(1);
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
        assertThat(rig.ends.get(0).cause()).isInstanceOf(BudgetExceededException.class);
        assertThat(server.end.code()).isEqualTo(ConnectionEnd.NORMAL);
    }
}
