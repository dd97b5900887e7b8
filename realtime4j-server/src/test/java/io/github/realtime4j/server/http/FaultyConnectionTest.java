package io.github.realtime4j.server.http;

import static io.github.realtime4j.server.http.RecordingAcceptor.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.server.Fault;
import io.github.realtime4j.server.Trigger;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.ConnectionEnd.Side;
import io.github.realtime4j.transport.Receiver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Faults without a socket: messages are whole, time is moved by hand. */
final class FaultyConnectionTest {
    private final Wire wire = new Wire();
    private final Deque<Runnable> alarms = new ArrayDeque<>();
    private final List<Duration> delays = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private FaultyReceiver receiver;
    private Connection connection;

    private void open(Fault... faults) {
        Receiver session = new Receiver() {
            @Override
            public void onOpen(Connection opened) {
                connection = opened;
            }

            @Override
            public void onMessage(ByteBuffer message) {
                heard.add(StandardCharsets.UTF_8.decode(message).toString());
            }

            @Override
            public void onEnd(ConnectionEnd end) {
                heard.add("end");
            }
        };
        receiver = new FaultyReceiver(session, new FaultPlan(List.of(faults)), (delay, task) -> {
            delays.add(delay);
            alarms.add(task);
        });
        receiver.onOpen(wire);
    }

    private static String event(String type) {
        return "{\"type\":\"" + type + "\"}";
    }

    private CompletionStage<Void> send(String type) {
        return connection.send(
                utf8(event(type).substring(0, 5)), utf8(event(type).substring(5)));
    }

    @Test
    void aDroppedEventCountsAsSentAndTheOthersArrive() {
        open(new Fault.DropEvent("b", 2));

        for (String type : List.of("a", "b", "b", "b")) {
            assertThat(send(type).toCompletableFuture()).isCompleted();
        }
        assertThat(wire.log).containsExactly(event("a"), event("b"), event("b"));
    }

    @Test
    void aDelayHoldsBackWhatFollowsAndCloseKeepsItsPlace() {
        open(new Fault.Delay(Trigger.before("b"), Duration.ofSeconds(3)));

        send("a");
        CompletionStage<Void> late = send("b");
        send("c");
        connection.close(1000, "");
        assertThat(wire.log).containsExactly(event("a"));
        assertThat(delays).containsExactly(Duration.ofSeconds(3));
        assertThat(connection.queuedBytes()).isEqualTo(2L * event("b").length());
        alarms.remove().run();

        assertThat(wire.log).containsExactly(event("a"), event("b"), event("c"), "close 1000");
        assertThat(late.toCompletableFuture()).isCompleted();
        assertThat(connection.queuedBytes()).isZero();
    }

    @Test
    void aFaultAfterAnEventWaitsUntilTheEventIsOut() {
        open(new Fault.CloseConnection(Trigger.after("b"), 4000, "why"));
        wire.sent = new CompletableFuture<>();

        send("b");
        send("c");
        assertThat(wire.log).containsExactly(event("b"));
        wire.sent.complete(null);

        assertThat(wire.log).containsExactly(event("b"), "close 4000", event("c"));
    }

    @Test
    void aStalledConnectionSendsAndHearsNothing() {
        open(new Fault.Stall(Trigger.onClientEvent("x")));

        receiver.onMessage(utf8(event("x")));
        CompletionStage<Void> stuck = send("a");
        receiver.onMessage(utf8(event("y")));

        assertThat(wire.log).containsExactly("pause");
        assertThat(heard).isEmpty();
        assertThat(stuck.toCompletableFuture()).isNotDone();
        receiver.onEnd(new ConnectionEnd(1006, "", Side.SERVER, null));
        assertThat(stuck.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void lostClientEventsNeverReachTheSession() {
        open(new Fault.NeverAcknowledge("session.update"));

        receiver.onMessage(utf8(event("session.update")));
        receiver.onMessage(utf8(event("response.create")));
        receiver.onMessage(utf8("not json"));

        assertThat(heard).containsExactly(event("response.create"), "not json");
    }

    @Test
    void anErrorReplyNamesTheClientsEvent() {
        ErrorDetail error = new ErrorDetail("server_error", new ErrorCode("overloaded"), "Busy.", null, null);
        open(new Fault.ErrorReply(Trigger.onClientEvent("response.create"), error));

        receiver.onMessage(utf8("{\"type\":\"response.create\",\"event_id\":\"mine\"}"));

        assertThat(heard).isEmpty();
        JsonObject reply = JsonObject.parse(wire.log.get(0));
        assertThat(reply.string("type")).isEqualTo("error");
        assertThat(reply.string("event_id")).matches("event_[0-9A-Za-z]{21}");
        assertThat(reply.object("error").string("code")).isEqualTo("overloaded");
        assertThat(reply.object("error").string("event_id")).isEqualTo("mine");
    }

    @Test
    void aSlowReaderPausesForAsLongAsTheBytesTake() {
        open(new Fault.SlowReader(Trigger.atConnect(), 1000));

        receiver.onMessage(utf8("x".repeat(500)));
        receiver.onMessage(utf8("x".repeat(2000)));
        assertThat(wire.log).containsExactly("pause");
        alarms.remove().run();
        assertThat(delays).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(2));
        assertThat(wire.log).containsExactly("pause");
        connection.pauseReading();
        alarms.remove().run();
        assertThat(wire.log).containsExactly("pause", "pause");
        connection.resumeReading();

        assertThat(wire.log).containsExactly("pause", "pause", "resume");
        assertThat(heard).hasSize(2);
    }

    @Test
    void aFullQueueTurnsWritableAgainWhenTheDelayIsOver() {
        open(new Fault.Delay(Trigger.before(), Duration.ofSeconds(1)));
        byte[] large = new byte[2 << 20];
        connection.send(ByteBuffer.wrap(large));

        assertThat(connection.isWritable()).isFalse();
        alarms.remove().run();
        assertThat(connection.isWritable()).isTrue();
    }

    @Test
    void inMemoryAMalformedTextIsSentAndABrokenFrameEndsTheConnection() {
        open(
                new Fault.MalformedFrame(Trigger.before("a"), Fault.MalformedFrame.Kind.NOT_AN_OBJECT),
                new Fault.MalformedFrame(Trigger.before("a").nth(2), Fault.MalformedFrame.Kind.RESERVED_OPCODE));

        send("a");
        assertThat(wire.log).containsExactly("[\"response.done\"]", event("a"));
        send("a");
        assertThat(wire.log).contains("abort");
    }

    private static final class Wire implements Connection {
        final List<String> log = new ArrayList<>();
        CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);

        @Override
        public CompletionStage<Void> send(ByteBuffer... slices) {
            StringBuilder text = new StringBuilder();
            for (ByteBuffer slice : slices) {
                text.append(StandardCharsets.UTF_8.decode(slice));
            }
            log.add(text.toString());
            return sent;
        }

        @Override
        public long queuedBytes() {
            return 0;
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void pauseReading() {
            log.add("pause");
        }

        @Override
        public void resumeReading() {
            log.add("resume");
        }

        @Override
        public void close(int code, String reason) {
            log.add("close " + code);
        }

        @Override
        public void abort() {
            log.add("abort");
        }
    }
}
