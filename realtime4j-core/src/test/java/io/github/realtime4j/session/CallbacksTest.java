package io.github.realtime4j.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CallbacksTest {
    private final List<String> done = new ArrayList<>();

    @Test
    void aLaneOutlivesAMomentWithoutThreads() {
        AtomicInteger calls = new AtomicInteger();
        Callbacks callbacks = new Callbacks(task -> {
            if (calls.getAndIncrement() == 0) {
                throw new IllegalStateException("There is no thread");
            }
            task.run();
        });
        Lane lane = new Lane(new Confinement().putOff(callbacks), new ReadGate());
        lane.add(() -> done.add("first"), 0);
        lane.add(() -> done.add("second"), 0);

        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void aTaskThatWasQueuedAllTheSameIsDoneOnce() {
        List<Runnable> queue = new ArrayList<>();
        Callbacks callbacks = new Callbacks(task -> {
            queue.add(task);
            throw new IllegalStateException("There is no thread");
        });
        callbacks.execute(() -> done.add("once"));
        queue.forEach(Runnable::run);

        assertThat(done).containsExactly("once");
    }

    @Test
    void aTaskThatIsItselfRejectedSomewhereIsDoneOnce() {
        Callbacks callbacks = new Callbacks(Runnable::run);
        assertThatThrownBy(() -> callbacks.execute(() -> {
                    done.add("once");
                    throw new RejectedExecutionException("another executor");
                }))
                .hasMessage("another executor");

        assertThat(done).containsExactly("once");
    }
}
