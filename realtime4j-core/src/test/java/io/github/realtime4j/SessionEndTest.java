package io.github.realtime4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.protocol.InputAudioBufferEvent;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.Response;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.protocol.Session;
import io.github.realtime4j.transport.ConnectionEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a session ends: one notification, nothing after it, and nobody left waiting. */
@Timeout(60)
final class SessionEndTest {
    private static final String CLEARED = "{\"type\":\"input_audio_buffer.cleared\"}";

    private final SessionRig rig = new SessionRig();
    private final ScriptedServer server = rig.server;

    @AfterEach
    void tearDown() {
        rig.close();
    }

    private static void assertFailed(CompletableFuture<?> future, Class<?> type, String message) {
        assertThat(future)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(type)
                .withMessage(message);
    }

    @Test
    void closingSaysGoodbyeAndWaitsForTheServers() {
        RealtimeSession session = rig.session().connect();
        server.connection.pauseReading();
        CompletableFuture<SessionEnd> closing = session.closeAsync();
        assertThat(session.state()).isEqualTo(SessionState.CLOSING);
        assertThat(closing).isNotDone();
        server.connection.resumeReading();
        assertThat(closing).isCompletedWithValue(rig.ends.get(0));
        assertThat(server.end.code()).isEqualTo(ConnectionEnd.NORMAL);
        assertThat(rig.ends.get(0).cause()).isNull();
        assertThat(rig.ends.get(0).connection().by()).isEqualTo(ConnectionEnd.Side.USER);
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
        assertThat(rig.time.waiting()).isZero();
    }

    @Test
    void aServerThatDoesNotSayGoodbyeIsDroppedWhenTimeIsUp() {
        RealtimeSession session = rig.session().connect();
        server.connection.pauseReading();
        CompletableFuture<SessionEnd> closing = session.closeAsync();
        rig.pass(4_999);
        assertThat(closing).isNotDone();
        rig.pass(1);
        assertThat(closing).isCompleted();
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
        assertThat(rig.ends).hasSize(1);
    }

    @Test
    void whileItClosesNothingMoreIsTakenAndEventsAreStillTold() {
        List<ServerEvent> seen = new ArrayList<>();
        RealtimeSession session = rig.session().connect();
        session.on(InputAudioBufferEvent.class, seen::add);
        server.connection.pauseReading();
        session.closeAsync();
        assertFailed(session.update(SessionRig.CONFIG), ConnectionClosedException.class, "The session is being closed");
        assertThatThrownBy(() -> session.input().append(new byte[2])).hasMessage("The session is being closed");
        server.say(CLEARED);
        assertThat(seen).hasSize(1);
    }

    @Test
    void whatIsPendingWhenItClosesMayStillBeAnsweredAndOtherwiseFails() {
        RealtimeSession session = rig.session().connect();
        server.acknowledges = false;
        CompletableFuture<Session> first = session.update(SessionRig.CONFIG);
        CompletableFuture<Session> second = session.update(SessionRig.CONFIG);
        server.connection.pauseReading();
        session.closeAsync();
        server.say(ScriptedServer.UPDATED);
        assertThat(first).isCompleted();
        server.connection.resumeReading();
        assertFailed(second, ConnectionClosedException.class, "The session has been closed");
    }

    @Test
    void closingAndAbortingAgainChangeNothing() {
        RealtimeSession session = rig.session().connect();
        session.close();
        session.close();
        session.abort();
        assertThat(session.closeAsync()).isCompletedWithValue(rig.ends.get(0));
        assertThat(rig.ends).hasSize(1);
        assertThat(session.connectAsync()).isCompletedWithValue(session);
        assertFailed(session.update(SessionRig.CONFIG), ConnectionClosedException.class, "The session has been closed");
    }

    @Test
    void aSessionThatWasNeverConnectedIsClosedAtOnceAndCannotBeConnected() {
        RealtimeSession session = rig.session();
        session.close();
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
        assertThat(rig.ends).containsExactly(new SessionEnd(SessionState.CLOSED, null, null));
        assertFailed(session.connectAsync(), ConnectionClosedException.class, "The session has been closed");
        assertThatThrownBy(session::respond)
                .isInstanceOf(ConnectionClosedException.class)
                .hasMessage("The session has been closed");
        assertThat(server.handshakes).isEmpty();
    }

    @Test
    void abortingDropsTheConnectionWhateverTheStateIs() {
        RealtimeSession fresh = rig.session();
        fresh.abort();
        assertThat(fresh.state()).isEqualTo(SessionState.CLOSED);
        server.acknowledges = false;
        RealtimeSession connecting = rig.session();
        CompletableFuture<RealtimeSession> connect = connecting.connectAsync();
        connecting.abort();
        assertFailed(connect, ConnectionClosedException.class, "The session has been closed");
        assertThat(connecting.state()).isEqualTo(SessionState.CLOSED);
        server.acknowledges = true;
        RealtimeSession closing = rig.session().connect();
        server.connection.pauseReading();
        closing.closeAsync();
        closing.abort();
        assertThat(closing.state()).isEqualTo(SessionState.CLOSED);
        assertThat(rig.ends)
                .hasSize(3)
                .allSatisfy(end -> assertThat(end.cause()).isNull());
        assertThat(server.end.code()).isEqualTo(ConnectionEnd.ABNORMAL);
        assertThat(rig.time.waiting()).isZero();
    }

    @Test
    void aLostConnectionEndsEverythingThatIsOpen() {
        RealtimeSession session = rig.session().connect();
        server.acknowledges = false;
        CompletableFuture<Session> update = session.update(SessionRig.CONFIG);
        ResponseHandle running = session.respond();
        server.say("{\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\"}}");
        ResponseHandle queued = session.respond();
        CompletableFuture<Response> answer = session.ask("Hello");
        CompletableFuture<String> commit = session.input().commit();
        CompletableFuture<Item> retrieve = session.items().retrieve("item_1");
        View<ServerEvent> events = session.events();
        View<String> text = running.text();
        server.say(CLEARED);
        server.connection.close(ConnectionEnd.GOING_AWAY, "Your session hit the maximum duration of 60 minutes.");
        String message = "The connection ended with 1001 Your session hit the maximum duration of 60 minutes."
                + " (ended by SERVER)";
        for (CompletableFuture<?> future :
                List.of(update, running.done(), queued.created(), queued.done(), answer, commit, retrieve)) {
            assertFailed(future, ConnectionLostException.class, message);
        }
        assertThat(running.created()).isCompleted();
        Iterator<ServerEvent> elements = events.iterator();
        assertThat(elements.next()).isEqualTo(new InputAudioBufferEvent.Cleared(null));
        assertThatThrownBy(elements::hasNext).isInstanceOf(ConnectionLostException.class);
        assertThatThrownBy(() -> text.iterator().hasNext()).isInstanceOf(ConnectionLostException.class);
        assertThat(rig.ends).hasSize(1);
        assertThat(rig.ends.get(0).state()).isEqualTo(SessionState.FAILED);
        assertThat(rig.ends.get(0).cause()).hasMessage(message);
        assertThatThrownBy(session::respond).hasMessage(message);
        assertFailed(session.runTurn(), ConnectionLostException.class, message);
        assertThat(rig.time.waiting()).isZero();
    }

    @Test
    void aGoodbyeOfTheServersIsAnEndInOrderAlthoughWhatIsOpenFails() {
        RealtimeSession session = rig.session().connect();
        server.acknowledges = false;
        CompletableFuture<Session> update = session.update(SessionRig.CONFIG);
        View<ServerEvent> events = session.events();
        server.connection.close(ConnectionEnd.NORMAL, "bye");
        assertFailed(update, ConnectionLostException.class, "The connection ended with 1000 bye (ended by SERVER)");
        assertThat(events).isEmpty();
        assertThat(rig.ends.get(0).state()).isEqualTo(SessionState.CLOSED);
        assertThat(rig.ends.get(0).cause()).isNull();
    }

    @Test
    void theEndIsTheLastThatIsTold() {
        List<String> told = new ArrayList<>();
        SessionListener listener = new SessionListener() {
            @Override
            public void commandAnswered(String type, Duration took, boolean acknowledged) {
                told.add(type + " " + acknowledged);
            }

            @Override
            public void ended(SessionEnd end, Duration lasted) {
                told.add("ended after " + lasted);
            }
        };
        RealtimeSession session = rig.session(
                        SessionRig.ENDPOINT,
                        SessionOptions.builder().listener(listener).build())
                .connect();
        List<String> handled = new ArrayList<>();
        session.on(ServerEvent.class, event -> handled.add("event"));
        session.onEnd(end -> handled.add("end"));
        server.acknowledges = false;
        session.update(SessionRig.CONFIG);
        server.say(CLEARED);
        rig.pass(50);
        server.connection.abort();
        assertThat(handled).containsExactly("event", "end");
        assertThat(told).startsWith("session.update true").endsWith("ended after PT0.05S");
        assertThat(told.stream().filter(line -> line.startsWith("ended"))).hasSize(1);
    }

    @Test
    void afterAFailedConnectNothingMoreIsTold() {
        server.acknowledges = false;
        RealtimeSession session = rig.session();
        List<ServerEvent> seen = new ArrayList<>();
        session.on(InputAudioBufferEvent.class, seen::add);
        CompletableFuture<RealtimeSession> connecting = session.connectAsync();
        rig.network.hold();
        server.say(CLEARED);
        rig.pass(10_000);
        assertThat(connecting).isCompletedExceptionally();
        rig.network.release();
        assertThat(seen).isEmpty();
        assertThat(rig.ends).hasSize(1);
    }

    @Test
    void viewsAndHandlersOfTheEndThatComeTooLateEndAtOnce() {
        RealtimeSession lost = rig.session().connect();
        server.connection.close(ConnectionEnd.INTERNAL_ERROR, "");
        assertThatThrownBy(() -> lost.events().iterator().hasNext()).isInstanceOf(ConnectionLostException.class);
        List<SessionEnd> late = new ArrayList<>();
        lost.onEnd(late::add);
        assertThat(late).isEqualTo(rig.ends);
        RealtimeSession closed = rig.session().connect();
        closed.close();
        assertThat(closed.audio()).isEmpty();
    }

    @Test
    void aHandlerWhoseExecutorIsGoneIsCalledAllTheSameAndTheSessionGoesOn() {
        ExecutorService gone = Executors.newSingleThreadExecutor();
        gone.shutdown();
        RealtimeSession session = rig.session().connect();
        List<ServerEvent> seen = new ArrayList<>();
        session.on(InputAudioBufferEvent.class, gone, seen::add);
        server.say(CLEARED);
        server.say(CLEARED);
        assertThat(seen).hasSize(2);
        assertThat(session.state()).isEqualTo(SessionState.OPEN);
    }

    @Test
    void aHandlerOnTheThreadThatDeliversIsNotCalledInTheConfinement() throws Exception {
        RealtimeSession session = rig.session().connect();
        CompletableFuture<Boolean> other = new CompletableFuture<>();
        session.on(InputAudioBufferEvent.class, Runnable::run, event -> {
            // Another thread can ask the session meanwhile.
            Thread asking = new Thread(() -> other.complete(session.isIdle()));
            asking.start();
            assertThat(other).succeedsWithin(Duration.ofSeconds(10));
        });
        server.say(CLEARED);
        assertThat(other).isCompletedWithValue(true);
    }

    @Test
    void closingTheClientClosesItsSessions() {
        RealtimeClient client = rig.client(rig.builder());
        RealtimeSession session =
                rig.watched(client.newSession(SessionRig.CONFIG)).connect();
        CompletableFuture<Response> turn = session.runTurn();
        client.close();
        assertThat(session.state()).isEqualTo(SessionState.CLOSED);
        assertFailed(turn, ConnectionClosedException.class, "The session has been closed");
        assertThat(rig.ends).hasSize(1);
    }
}
