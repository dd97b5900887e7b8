package io.github.realtime4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.session.Outgoing.Order;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class OutgoingTest {
    private static final int WINDOW = Outgoing.WINDOW;

    private final ScriptedConnection connection = new ScriptedConnection();
    private final List<Integer> seen = new ArrayList<>();
    private final Outgoing out = new Outgoing(3 * WINDOW, connection, slices -> seen.add(slices.length));

    private static ByteBuffer[] text(String text) {
        return new ByteBuffer[] {ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))};
    }

    private static ByteBuffer[] audio(char name, int bytes) {
        return text(String.valueOf(name).repeat(bytes));
    }

    private void command(String text, Order order) {
        out.command(text(text), order);
        out.pump();
    }

    private boolean append(char name) {
        return out.audio(audio(name, WINDOW), false);
    }

    @Test
    void audioIsHandedOnAWindowAtATimeAndMoreWhenThatIsWritten() {
        append('a');
        append('b');
        append('c');
        assertThat(connection.sent).containsExactly("a*" + WINDOW);
        assertThat(out.queuedBytes()).isEqualTo(3 * WINDOW);
        connection.write();
        assertThat(connection.sent).containsExactly("a*" + WINDOW, "b*" + WINDOW);
        connection.writeAll();
        assertThat(connection.sent).hasSize(3);
        assertThat(out.queuedBytes()).isZero();
        assertThat(seen).containsExactly(1, 1, 1);
    }

    @Test
    void aCommandOvertakesAudioAndStaysInOrderWithCommands() {
        append('a');
        append('b');
        command("one", Order.FREE);
        command("stop", Order.URGENT);
        command("two", Order.FREE);
        assertThat(connection.sent).containsExactly("a*" + WINDOW, "one", "stop", "two");
        connection.writeAll();
        assertThat(connection.sent).endsWith("b*" + WINDOW);
    }

    @Test
    void whatIsSaidAboutTheAudioStaysBehindItAndWhatFollowsStaysBehindThat() {
        append('a');
        append('b');
        command("commit", Order.AFTER_AUDIO);
        command("respond", Order.FREE);
        append('c');
        command("stop", Order.URGENT);
        assertThat(connection.sent).containsExactly("a*" + WINDOW, "stop");
        connection.writeAll();
        assertThat(connection.sent)
                .containsExactly("a*" + WINDOW, "stop", "b*" + WINDOW, "commit", "respond", "c*" + WINDOW);
        append('d');
        append('e');
        command("free again", Order.FREE);
        assertThat(connection.sent).endsWith("d*" + WINDOW, "free again");
    }

    @Test
    void withNoAudioWaitingNothingWaits() {
        command("commit", Order.AFTER_AUDIO);
        command("respond", Order.FREE);
        assertThat(connection.sent).containsExactly("commit", "respond");
    }

    @Test
    void whileTheConnectionIsNotWritableNothingLeavesAndThenTheCommandsFirst() {
        connection.writable = false;
        append('a');
        append('b');
        command("one", Order.FREE);
        command("two", Order.FREE);
        assertThat(connection.sent).containsExactly("a*" + WINDOW);
        connection.writable = true;
        out.pump();
        assertThat(connection.sent).containsExactly("a*" + WINDOW, "one", "two");
        connection.writeAll();
        assertThat(connection.sent).endsWith("b*" + WINDOW);
    }

    @Test
    void aLargeMessageWaitsUntilTheConnectionHoldsNothing() {
        command("small", Order.FREE);
        out.command(audio('x', Outgoing.LARGE), Order.FREE);
        command("after", Order.FREE);
        assertThat(connection.sent).containsExactly("small");
        connection.write();
        assertThat(connection.sent).containsExactly("small", "x*" + Outgoing.LARGE, "after");
    }

    @Test
    void withNoRoomAnImpatientAppendIsRefusedAndNothingOfItIsSent() {
        assertThat(append('a')).isTrue();
        assertThat(append('b')).isTrue();
        assertThat(append('c')).isTrue();
        assertThat(append('d')).isTrue();
        assertThat(append('e')).isFalse();
        connection.write();
        assertThat(append('f')).isTrue();
        connection.writeAll();
        assertThat(connection.sent).extracting(text -> text.charAt(0)).containsExactly('a', 'b', 'c', 'd', 'f');
    }

    @Test
    void oneMessageOfAnySizeMayWaitIfNothingElseDoes() {
        append('a');
        assertThat(out.audio(audio('b', 4 * WINDOW), false)).isTrue();
        assertThat(append('c')).isFalse();
    }

    @Test
    void aPatientAppendWaitsForRoom() throws Exception {
        append('a');
        append('b');
        append('c');
        append('d');
        CompletableFuture<Boolean> patient = new CompletableFuture<>();
        Thread appender = new Thread(() -> patient.complete(out.audio(audio('e', WINDOW), true)));
        appender.start();
        while (appender.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(patient).isNotDone();
        connection.write();
        assertThat(patient).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
        appender.join();
        connection.writeAll();
        assertThat(connection.sent).extracting(text -> text.charAt(0)).containsExactly('a', 'b', 'c', 'd', 'e');
    }

    @Test
    void theEndLetsNobodyWaitAndNothingFollows() throws Exception {
        append('a');
        append('b');
        append('c');
        append('d');
        CompletableFuture<Boolean> patient = new CompletableFuture<>();
        Thread appender = new Thread(() -> {
            try {
                patient.complete(out.audio(audio('e', WINDOW), true));
            } catch (IllegalStateException over) {
                patient.completeExceptionally(over);
            }
        });
        appender.start();
        while (appender.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        command("commit", Order.AFTER_AUDIO);
        out.end(new IllegalStateException("over"));
        out.end(new IllegalStateException("over again"));
        assertThat(patient)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .havingRootCause()
                .withMessage("over");
        assertThatThrownBy(() -> append('f')).hasMessage("over");
        connection.writeAll();
        assertThat(connection.sent).containsExactly("a*" + WINDOW);
        assertThat(out.queuedBytes()).isZero();
    }

    @Test
    void goodbyeIsSaidOnceAfterEverythingThatIsQueued() {
        append('a');
        append('b');
        command("commit", Order.AFTER_AUDIO);
        out.close("bye");
        assertThat(connection.sent).containsExactly("a*" + WINDOW);
        connection.writeAll();
        out.pump();
        assertThat(connection.sent).containsExactly("a*" + WINDOW, "b*" + WINDOW, "commit", "close 1000 bye");
    }

    @Test
    void goodbyeWaitsForACommandThatTheConnectionDoesNotTakeYet() {
        connection.writable = false;
        command("one", Order.FREE);
        out.close("bye");
        assertThat(connection.sent).isEmpty();
        connection.writable = true;
        out.pump();
        assertThat(connection.sent).containsExactly("one", "close 1000 bye");
    }

    @Test
    void fromManyThreadsNothingIsLostAndEachKeepsItsOrder() throws Exception {
        int each = 500;
        CountDownLatch done = new CountDownLatch(4);
        for (int thread = 0; thread < 4; thread++) {
            char name = (char) ('a' + thread);
            new Thread(() -> {
                        for (int i = 0; i < each; i++) {
                            out.audio(text(name + " " + i), true);
                            out.command(text((char) (name - 32) + " " + i), Order.FREE);
                            out.pump();
                        }
                        done.countDown();
                    })
                    .start();
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        out.pump();
        connection.writeAll();
        assertThat(connection.sent).hasSize(8 * each);
        for (char name : "abcdABCD".toCharArray()) {
            assertThat(connection.sent.stream().filter(text -> text.charAt(0) == name))
                    .hasSize(each)
                    .isSortedAccordingTo((one, other) ->
                            Integer.compare(Integer.parseInt(one.substring(2)), Integer.parseInt(other.substring(2))));
        }
    }
}
