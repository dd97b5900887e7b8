package io.github.realtime4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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
    void ofManyThreadsEachChangesAloneAndEverythingThatIsPutOffIsDoneOneAtATime() throws Exception {
        int threads = 4;
        int each = 5_000;
        int[] changes = new int[1];
        AtomicInteger running = new AtomicInteger();
        AtomicInteger collisions = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        List<List<Integer>> order = IntStream.range(0, threads)
                .mapToObj(i -> (List<Integer>) new ArrayList<Integer>())
                .toList();
        CyclicBarrier start = new CyclicBarrier(threads);
        CountDownLatch over = new CountDownLatch(threads);
        for (int thread = 0; thread < threads; thread++) {
            int name = thread;
            new Thread(() -> {
                        await(start);
                        for (int i = 0; i < each; i++) {
                            int number = i;
                            confinement.run(() -> {
                                changes[0]++;
                                confinement.after(() -> {
                                    collisions.addAndGet(running.getAndIncrement());
                                    order.get(name).add(number);
                                    done.incrementAndGet();
                                    running.decrementAndGet();
                                });
                            });
                        }
                        over.countDown();
                    })
                    .start();
        }
        assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(changes[0]).isEqualTo(threads * each);
        assertThat(done).hasValue(threads * each);
        assertThat(collisions).hasValue(0);
        assertThat(order).allSatisfy(numbers -> assertThat(numbers).hasSize(each).isSorted());
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
