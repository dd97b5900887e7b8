package io.github.realtime4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.session.ReadGate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ViewTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final ReadGate gate = new ReadGate();

    private View<String> view(SlowConsumer policy, int maxBytes) {
        return new View<>(policy, maxBytes, gate, tasks::add);
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    /** Remembers what it is told, as one line each. */
    private static class RecordedSubscriber implements Flow.Subscriber<String> {
        final List<String> lines = new ArrayList<>();
        Flow.@Nullable Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            lines.add("subscribed");
        }

        @Override
        public void onNext(String item) {
            lines.add(item);
        }

        @Override
        public void onError(Throwable throwable) {
            lines.add("error " + throwable.getMessage());
        }

        @Override
        public void onComplete() {
            lines.add("complete");
        }
    }

    @Test
    void iteratingDeliversWhatWaitsAfterTheEndAndThenStops() {
        View<String> view = view(SlowConsumer.WAIT, 10);
        view.offer("a", 1);
        view.offer("b", 1);
        view.end(null);
        view.offer("late", 1);
        assertThat(view).containsExactly("a", "b");
        Iterator<String> again = view.iterator();
        assertThat(again.hasNext()).isFalse();
        assertThatThrownBy(again::next)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("The view has ended");
    }

    @Test
    void anIterationCanBeLeftAndTakenUpAgain() {
        View<String> view = view(SlowConsumer.WAIT, 10);
        view.offer("a", 1);
        view.offer("b", 1);
        view.end(null);
        for (String first : view) {
            assertThat(first).isEqualTo("a");
            break;
        }
        assertThat(view).containsExactly("b");
    }

    @Test
    void aFailureIsThrownAfterTheLastElement() {
        View<String> view = view(SlowConsumer.WAIT, 10);
        view.offer("a", 1);
        view.end(new IllegalStateException("lost"));
        view.end(null);
        Iterator<String> elements = view.iterator();
        assertThat(elements.next()).isEqualTo("a");
        assertThatThrownBy(elements::hasNext).hasMessage("lost");
        assertThatThrownBy(elements::hasNext).hasMessage("lost");
    }

    @Test
    void iteratingWaitsForWhatIsToCome() throws Exception {
        View<String> view = view(SlowConsumer.WAIT, 10);
        CompletableFuture<List<String>> taken = new CompletableFuture<>();
        Thread consumer = new Thread(() -> {
            List<String> all = new ArrayList<>();
            view.forEach(all::add);
            taken.complete(all);
        });
        consumer.start();
        awaitWaiting(consumer);
        view.offer("a", 1);
        view.end(null);
        assertThat(taken).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(List.of("a"));
        consumer.join();
    }

    @Test
    void interruptedItSaysSoAndTheViewIsAsItWas() throws Exception {
        View<String> view = view(SlowConsumer.WAIT, 10);
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread consumer = new Thread(() -> {
            try {
                view.iterator().next();
            } catch (ConnectionClosedException interrupted) {
                flag.complete(Thread.currentThread().isInterrupted());
            }
        });
        consumer.start();
        awaitWaiting(consumer);
        consumer.interrupt();
        assertThat(flag).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
        consumer.join();
        view.offer("a", 1);
        assertThat(view.iterator().next()).isEqualTo("a");
    }

    @Test
    void aSubscriberThatAsksForNothingEndsTheIterationToo() throws Exception {
        View<String> view = view(SlowConsumer.WAIT, 10);
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        Thread consumer = new Thread(() -> {
            try {
                view.iterator().hasNext();
            } catch (IllegalArgumentException wrong) {
                told.complete(wrong);
            }
        });
        consumer.start();
        awaitWaiting(consumer);
        view.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(0);
            }

            @Override
            public void onNext(String item) {}

            @Override
            public void onError(Throwable problem) {}

            @Override
            public void onComplete() {}
        });
        assertThat(told).succeedsWithin(Duration.ofSeconds(10));
        assertThat(told.join()).hasMessage("request must be positive, but was 0");
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void dropOldestKeepsTheNewestWithinTheBoundAndCounts() {
        View<String> view = view(SlowConsumer.DROP_OLDEST, 10);
        for (String value : List.of("a", "b", "c", "d")) {
            view.offer(value, 4);
        }
        assertThat(view.dropped()).isEqualTo(2);
        view.offer("big", 100);
        assertThat(view.dropped()).isEqualTo(4);
        view.end(null);
        assertThat(view).containsExactly("big");
    }

    @Test
    void failEndsTheViewAndThrowsAwayWhatWaits() {
        View<String> view = view(SlowConsumer.FAIL, 10);
        view.offer("a", 8);
        assertThat(view.isClosed()).isFalse();
        view.offer("b", 8);
        assertThat(view.isClosed()).isTrue();
        assertThatThrownBy(() -> view.iterator().next())
                .isInstanceOf(SlowConsumerException.class)
                .hasMessage("The view is full: 16 bytes would wait and the bound is 10; take events faster, raise the"
                        + " bound, or let it wait or drop (SlowConsumer)");
        assertThat(view.dropped()).isZero();
    }

    @Test
    void oneElementOfAnySizeFitsIntoAnEmptyView() {
        View<String> view = view(SlowConsumer.FAIL, 10);
        view.offer("big", 100);
        assertThat(view.iterator().next()).isEqualTo("big");
    }

    @Test
    void waitKeepsEverythingAndLetsReadingPauseUntilItIsTakenOrClosed() {
        View<String> view = view(SlowConsumer.WAIT, 10);
        int half = (int) (ReadGate.PAUSE_AT / 2);
        PausedReading reading = new PausedReading();
        gate.attach(reading);
        view.offer("a", half);
        view.offer("b", half);
        view.offer("c", half);
        assertThat(reading.paused).isTrue();
        Iterator<String> elements = view.iterator();
        assertThat(elements.next()).isEqualTo("a");
        assertThat(reading.paused).isTrue();
        assertThat(elements.next()).isEqualTo("b");
        assertThat(reading.paused).isFalse();
        view.offer("d", 2 * half);
        assertThat(reading.paused).isTrue();
        view.close();
        assertThat(reading.paused).isFalse();
        assertThat(view).isEmpty();
    }

    @Test
    void otherPoliciesNeverPauseReading() {
        PausedReading reading = new PausedReading();
        gate.attach(reading);
        view(SlowConsumer.DROP_OLDEST, 10).offer("a", (int) (2 * ReadGate.PAUSE_AT));
        view(SlowConsumer.FAIL, 10).offer("a", (int) (2 * ReadGate.PAUSE_AT));
        assertThat(reading.paused).isFalse();
    }

    @Test
    void aSubscriberGetsWhatItAskedForInOrderOnTheExecutor() {
        View<String> view = view(SlowConsumer.WAIT, 10);
        view.offer("a", 1);
        view.offer("b", 1);
        view.offer("c", 1);
        RecordedSubscriber subscriber = new RecordedSubscriber();
        view.subscribe(subscriber);
        runTasks();
        assertThat(subscriber.lines).containsExactly("subscribed");
        subscriber.subscription.request(2);
        assertThat(subscriber.lines).containsExactly("subscribed");
        runTasks();
        assertThat(subscriber.lines).containsExactly("subscribed", "a", "b");
        subscriber.subscription.request(2);
        view.offer("d", 1);
        view.offer("e", 1);
        runTasks();
        assertThat(subscriber.lines).containsExactly("subscribed", "a", "b", "c", "d");
        view.end(null);
        runTasks();
        assertThat(subscriber.lines).endsWith("d");
        subscriber.subscription.request(Long.MAX_VALUE);
        runTasks();
        assertThat(subscriber.lines).endsWith("e", "complete");
    }

    @Test
    void theEndNeedsNoDemandAndComesOnce() {
        View<String> view = view(SlowConsumer.WAIT, 10);
        RecordedSubscriber subscriber = new RecordedSubscriber();
        view.subscribe(subscriber);
        view.end(new IllegalStateException("lost"));
        view.end(null);
        runTasks();
        subscriber.subscription.request(1);
        view.close();
        runTasks();
        assertThat(subscriber.lines).containsExactly("subscribed", "error lost");
    }

    @Test
    void aViewThatHasEndedStillAcceptsItsSubscriber() {
        View<String> view = view(SlowConsumer.WAIT, 10);
        view.offer("a", 1);
        view.end(null);
        RecordedSubscriber subscriber = new RecordedSubscriber();
        view.subscribe(subscriber);
        subscriber.subscription.request(5);
        runTasks();
        assertThat(subscriber.lines).containsExactly("subscribed", "a", "complete");
    }

    @Test
    void nothingIsDeliveredBeforeOnSubscribeHasReturned() {
        View<String> view = new View<>(SlowConsumer.WAIT, 10, gate, Runnable::run);
        view.offer("a", 1);
        RecordedSubscriber subscriber = new RecordedSubscriber() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(1);
                view.end(null);
                super.onSubscribe(subscription);
            }
        };
        view.subscribe(subscriber);
        assertThat(subscriber.lines).containsExactly("subscribed", "a", "complete");
    }

    @Test
    void demandAddsUpWithoutOverflow() {
        View<String> view = view(SlowConsumer.WAIT, 10);
        RecordedSubscriber subscriber = new RecordedSubscriber();
        view.subscribe(subscriber);
        subscriber.subscription.request(Long.MAX_VALUE);
        subscriber.subscription.request(Long.MAX_VALUE);
        view.offer("a", 1);
        view.offer("b", 1);
        runTasks();
        assertThat(subscriber.lines).containsExactly("subscribed", "a", "b");
    }

    @Test
    void aDemandOfNothingIsAnError() {
        View<String> view = view(SlowConsumer.WAIT, 10);
        RecordedSubscriber subscriber = new RecordedSubscriber();
        view.subscribe(subscriber);
        view.offer("a", 1);
        subscriber.subscription.request(0);
        subscriber.subscription.request(1);
        runTasks();
        assertThat(subscriber.lines).containsExactly("subscribed", "error request must be positive, but was 0");
    }

    @Test
    void cancelledItIsToldNoMoreAndWhatWaitsIsThrownAway() {
        View<String> view = view(SlowConsumer.WAIT, 10);
        RecordedSubscriber subscriber = new RecordedSubscriber();
        view.subscribe(subscriber);
        subscriber.subscription.request(5);
        view.offer("a", 1);
        runTasks();
        subscriber.subscription.cancel();
        subscriber.subscription.cancel();
        subscriber.subscription.request(1);
        view.offer("b", 1);
        view.end(null);
        runTasks();
        assertThat(subscriber.lines).containsExactly("subscribed", "a");
        assertThat(view.isClosed()).isTrue();
    }

    @Test
    void closingTheViewCompletesItsSubscriber() {
        View<String> view = view(SlowConsumer.WAIT, 10);
        RecordedSubscriber subscriber = new RecordedSubscriber();
        view.subscribe(subscriber);
        view.offer("a", 1);
        view.close();
        runTasks();
        assertThat(subscriber.lines).containsExactly("subscribed", "complete");
    }

    @Test
    void theSecondSubscriberIsRefusedAndTakesNothingFromTheFirst() {
        View<String> view = view(SlowConsumer.WAIT, 10);
        RecordedSubscriber first = new RecordedSubscriber();
        RecordedSubscriber second = new RecordedSubscriber();
        view.subscribe(first);
        view.offer("a", 1);
        view.subscribe(second);
        second.subscription.request(1);
        second.subscription.cancel();
        runTasks();
        first.subscription.request(1);
        runTasks();
        assertThat(second.lines)
                .containsExactly("subscribed", "error This view has a subscriber already; make another view");
        assertThat(first.lines).containsExactly("subscribed", "a");
        assertThat(view.isClosed()).isFalse();
    }

    @Test
    void aSubscriberThatIsNullIsRefusedAndTheViewIsAsItWas() {
        View<String> view = view(SlowConsumer.WAIT, 10);
        assertThatThrownBy(() -> view.subscribe(null)).isInstanceOf(NullPointerException.class);
        RecordedSubscriber subscriber = new RecordedSubscriber();
        view.subscribe(subscriber);
        assertThat(subscriber.lines).containsExactly("subscribed");
    }

    @Test
    void aSubscriberThatThrowsHasCancelled() {
        View<String> view = view(SlowConsumer.WAIT, 10);
        RecordedSubscriber subscriber = new RecordedSubscriber() {
            @Override
            public void onNext(String item) {
                super.onNext(item);
                throw new IllegalStateException("broken");
            }
        };
        view.subscribe(subscriber);
        subscriber.subscription.request(5);
        view.offer("a", 1);
        view.offer("b", 1);
        runTasks();
        assertThat(subscriber.lines).containsExactly("subscribed", "a");
        assertThat(view.isClosed()).isTrue();
    }

    @Test
    void onManyThreadsASubscriberIsCalledOneAtATimeInOrder() throws Exception {
        ExecutorService many = Executors.newFixedThreadPool(4);
        View<Integer> view = new View<>(SlowConsumer.WAIT, 10, gate, many);
        List<Integer> taken = new ArrayList<>();
        CountDownLatch complete = new CountDownLatch(1);
        view.subscribe(new Flow.Subscriber<>() {
            private Flow.@Nullable Subscription subscription;

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                this.subscription = subscription;
                subscription.request(3);
            }

            @Override
            public void onNext(Integer item) {
                taken.add(item);
                if (item % 3 == 2) {
                    subscription.request(3);
                }
            }

            @Override
            public void onError(Throwable throwable) {}

            @Override
            public void onComplete() {
                complete.countDown();
            }
        });
        for (int i = 0; i < 20_000; i++) {
            view.offer(i, 0);
        }
        view.end(null);
        assertThat(complete.await(30, TimeUnit.SECONDS)).isTrue();
        many.shutdown();
        assertThat(taken).hasSize(20_000).isSorted();
    }
}
