package io.github.realtime4j.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Handlers in order, and the reading that pauses while they are behind. */
final class LaneTest {
    private final ScriptedConnection connection = new ScriptedConnection();
    private final ReadGate gate = new ReadGate();
    private final QueuedTasks tasks = new QueuedTasks();
    private final Lane lane = new Lane(tasks, gate);
    private final List<String> ran = new ArrayList<>();

    @Test
    void oneTaskOfTheExecutorRunsAllThatWaitsInOrder() {
        lane.add(() -> ran.add("one"), 1);
        lane.add(
                () -> {
                    lane.add(() -> ran.add("three"), 1);
                    ran.add("two");
                },
                1);
        assertThat(ran).isEmpty();
        assertThat(tasks.size()).isOne();
        tasks.runAll();
        assertThat(ran).containsExactly("one", "two", "three");
        lane.add(() -> ran.add("four"), 1);
        tasks.runAll();
        assertThat(ran).endsWith("four");
    }

    @Test
    void itRunsOneAtATimeInOrderOnAnExecutorOfManyThreads() throws Exception {
        ExecutorService many = Executors.newFixedThreadPool(4);
        Lane threaded = new Lane(many, gate);
        List<Integer> order = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(10_000);
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            threaded.add(
                    () -> {
                        order.add(number);
                        done.countDown();
                    },
                    0);
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        many.shutdown();
        assertThat(order).hasSize(10_000).isSorted();
    }

    @Test
    void whileTheApplicationIsBehindReadingPausesUntilHalfIsTaken() {
        gate.attach(connection);
        int quarter = (int) (ReadGate.PAUSE_AT / 4);
        for (int i = 0; i < 4; i++) {
            lane.add(() -> assertThat(connection.resumes).isZero(), quarter);
        }
        assertThat(connection.pauses).isZero();
        lane.add(() -> assertThat(connection.resumes).isOne(), quarter);
        assertThat(connection.pauses).isOne();
        lane.add(() -> {}, quarter);
        assertThat(connection.pauses).isOne();
        tasks.runAll();
        assertThat(connection.pauses).isOne();
        assertThat(connection.resumes).isOne();
    }

    @Test
    void readingResumesAtHalfNotBefore() {
        gate.attach(connection);
        int half = (int) (ReadGate.PAUSE_AT / 2);
        gate.waiting(2 * half + 1);
        assertThat(connection.pauses).isOne();
        gate.taken(half);
        assertThat(connection.resumes).isZero();
        gate.taken(1);
        assertThat(connection.resumes).isOne();
        gate.taken(half);
        assertThat(connection.resumes).isOne();
    }

    @Test
    void anotherConnectionIsPausedAtOnceIfTheApplicationIsStillBehind() {
        gate.attach(connection);
        gate.waiting((int) ReadGate.PAUSE_AT + 1);
        gate.attach(null);
        ScriptedConnection next = new ScriptedConnection();
        gate.attach(next);
        assertThat(next.pauses).isOne();
        gate.taken((int) ReadGate.PAUSE_AT + 1);
        assertThat(next.resumes).isOne();
        assertThat(connection.resumes).isZero();
    }
}
