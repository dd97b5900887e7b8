package io.github.realtime4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ConfinementTest {
    private final Confinement confinement = new Confinement();
    private final List<String> ran = new ArrayList<>();

    @Test
    void whatIsPutOffRunsInOrderWhenTheLockIsFree() {
        confinement.run(() -> {
            confinement.after(() -> ran.add("one"));
            confinement.run(() -> confinement.after(() -> ran.add("two")));
            ran.add("change");
        });
        assertThat(ran).containsExactly("change", "one", "two");
    }

    @Test
    void withoutTheLockItRunsAtOnce() {
        confinement.after(() -> ran.add("now"));
        assertThat(ran).containsExactly("now");
    }

    @Test
    void whatIsPutOffByWhatWasPutOffComesAfterTheRest() {
        confinement.run(() -> {
            confinement.after(() -> {
                confinement.run(() -> confinement.after(() -> ran.add("three")));
                ran.add("one");
            });
            confinement.after(() -> ran.add("two"));
        });
        assertThat(ran).containsExactly("one", "two", "three");
    }

    @Test
    void anActionThatThrowsHurtsNoOther() {
        confinement.run(() -> {
            confinement.after(() -> {
                throw new IllegalStateException("broken");
            });
            confinement.after(() -> {
                throw new AssertionError("badly broken");
            });
            confinement.after(() -> ran.add("next"));
        });
        confinement.after(() -> ran.add("later"));
        assertThat(ran).containsExactly("next", "later");
    }

    @Test
    void aChangeThatThrowsFreesTheLockAndStillDoesWhatItPutOff() {
        assertThatThrownBy(() -> confinement.run(() -> {
                    confinement.after(() -> ran.add("after"));
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(ran).containsExactly("after");
    }

    @Test
    void anExecutorThatIsPutOffGetsItsTasksOutsideTheLock() {
        QueuedTasks tasks = new QueuedTasks();
        confinement.run(() -> {
            confinement.putOff(tasks).execute(() -> ran.add("task"));
            assertThat(tasks.size()).isZero();
        });
        assertThat(tasks.size()).isOne();
    }

    @Test
    void deadlinesRunInTheConfinementOnceOrNotAtAll() {
        ManualScheduler time = new ManualScheduler();
        Deadlines deadlines = confinement.deadlines(time);
        deadlines.after(Duration.ofMillis(5), () -> {
            confinement.after(() -> ran.add("after"));
            ran.add("due");
        });
        deadlines.after(Duration.ofMillis(5), () -> ran.add("cancelled")).cancel();
        time.advance(Duration.ofMillis(4));
        assertThat(ran).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(ran).containsExactly("due", "after");
        assertThat(time.waiting()).isZero();
    }

    @Test
    void whenTheTimerHasBeenShutDownThereAreNoDeadlines() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
        timer.shutdownNow();
        Deadlines.Deadline none = confinement.deadlines(timer).after(Duration.ofMillis(1), () -> ran.add("due"));
        none.cancel();
        assertThat(none).isSameAs(Deadlines.Deadline.NONE);
    }

    @Test
    void ofTwoThreadsEachChangesAloneAndWhatBothPutOffIsDoneOneAtATimeAndAll() throws Exception {
        int rounds = 3_000;
        int[] changes = new int[1];
        AtomicInteger running = new AtomicInteger();
        AtomicInteger collisions = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicInteger left = new AtomicInteger();
        CyclicBarrier round = new CyclicBarrier(2, () -> left.addAndGet(changes[0] - done.get()));
        Runnable work = () -> {
            for (int i = 0; i < rounds; i++) {
                confinement.run(() -> {
                    changes[0]++;
                    confinement.after(() -> {
                        collisions.addAndGet(running.getAndIncrement());
                        done.incrementAndGet();
                        running.decrementAndGet();
                    });
                });
                await(round);
            }
        };
        Thread other = new Thread(work);
        other.start();
        work.run();
        other.join(30_000);
        assertThat(changes[0]).isEqualTo(2 * rounds);
        assertThat(collisions).hasValue(0);
        assertThat(left).as("put off and not done when both had gone").hasValue(0);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
