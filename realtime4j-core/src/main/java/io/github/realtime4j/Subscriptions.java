package io.github.realtime4j;

import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.session.Callbacks;
import io.github.realtime4j.session.Confinement;
import io.github.realtime4j.session.Lane;
import io.github.realtime4j.session.ReadGate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application's handlers and views of one session. Handlers are called one at a time, in the order of the wire and,
 * for one event, in the order of their registration; one that has an executor of its own keeps nobody waiting. They belong
 * to the session, whatever becomes of its connection.
 */
final class Subscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(RealtimeSession.class);

    private final Confinement confinement;
    private final Executor callbacks;
    private final ReadGate gate;
    private final Lane lane;
    private final List<Attached> attached = new CopyOnWriteArrayList<>();
    private final List<Consumer<ResponseHandle>> responseHandlers = new CopyOnWriteArrayList<>();
    private final List<Consumer<SessionEnd>> endHandlers = new ArrayList<>(1);

    /** Null before the end. */
    private volatile @Nullable Ended ended;

    /** @param why a view fails; null if it does not */
    private record Ended(SessionEnd end, @Nullable RuntimeException why) {}

    /** Something that events are delivered to. */
    private interface Attached {
        void deliver(ServerEvent event, int bytes);

        void end(@Nullable RuntimeException why);
    }

    /** @param callbacks calls handlers, never at once when the caller is in the confinement */
    Subscriptions(Confinement confinement, Executor callbacks, ReadGate gate) {
        this.confinement = confinement;
        this.callbacks = callbacks;
        this.gate = gate;
        this.lane = new Lane(callbacks, gate);
    }

    /** @param executor of its own; null for the lane that the session's handlers share */
    <E extends ServerEvent> Subscription on(Class<E> type, Consumer<? super E> handler, @Nullable Executor executor) {
        Lane mine = executor == null ? lane : new Lane(confinement.putOff(new Callbacks(executor)), gate);
        Handler<E> attachment = new Handler<>(type, handler, mine);
        attach(attachment);
        return () -> {
            attachment.cancelled = true;
            attached.remove(attachment);
        };
    }

    Subscription onResponse(Consumer<ResponseHandle> handler) {
        responseHandlers.add(handler);
        return () -> responseHandlers.remove(handler);
    }

    Subscription onEnd(Consumer<SessionEnd> handler) {
        Ended over;
        synchronized (endHandlers) {
            over = ended;
            if (over == null) {
                endHandlers.add(handler);
            }
        }
        if (over != null) {
            tell(handler, over.end);
        }
        return () -> {
            synchronized (endHandlers) {
                endHandlers.remove(handler);
            }
        };
    }

    private void attach(Attached consumer) {
        attached.add(consumer);
        Ended over = ended;
        if (over != null) {
            consumer.end(over.why);
        }
    }

    /** What a consumer sees of the events. */
    interface Showing<T> {
        /** @param out gets what this event has to show, if anything */
        void show(ServerEvent event, Consumer<T> out);
    }

    /** Shows the events of one type, as something. */
    static <E extends ServerEvent, T> Showing<T> each(Class<E> type, Function<? super E, T> as) {
        return (event, out) -> {
            if (type.isInstance(event)) {
                out.accept(as.apply(type.cast(event)));
            }
        };
    }

    /** A view for whose consumer reading waits. */
    <T> View<T> view(Showing<T> showing) {
        return view(showing, SlowConsumer.WAIT, Integer.MAX_VALUE);
    }

    <T> View<T> view(Showing<T> showing, SlowConsumer policy, int maxBytes) {
        View<T> view = new View<>(policy, maxBytes, gate, callbacks);
        attach(new Attached() {
            @Override
            public void deliver(ServerEvent event, int bytes) {
                showing.show(event, shown -> view.offer(shown, bytes));
                if (view.isClosed()) {
                    attached.remove(this);
                }
            }

            @Override
            public void end(@Nullable RuntimeException why) {
                view.end(why);
            }
        });
        return view;
    }

    /** Calls a handler with what the events show. */
    <T> void on(Showing<T> showing, Consumer<? super T> handler) {
        observe((event, bytes) ->
                showing.show(event, shown -> lane.add(() -> guarded(() -> handler.accept(shown), "handler"), bytes)));
    }

    /** Shows this library itself every event, in the session's confinement. */
    void observe(Consumer<ServerEvent> observer) {
        observe((event, bytes) -> observer.accept(event));
    }

    private void observe(ObjIntConsumer<ServerEvent> observer) {
        attach(new Attached() {
            @Override
            public void deliver(ServerEvent event, int bytes) {
                observer.accept(event, bytes);
            }

            @Override
            public void end(@Nullable RuntimeException why) {}
        });
    }

    /** Calls one handler, as long as it is attached. */
    private static final class Handler<E extends ServerEvent> implements Attached {
        private final Class<E> type;
        private final Consumer<? super E> handler;
        private final Lane mine;
        private volatile boolean cancelled;

        Handler(Class<E> type, Consumer<? super E> handler, Lane mine) {
            this.type = type;
            this.handler = handler;
            this.mine = mine;
        }

        @Override
        public void deliver(ServerEvent event, int bytes) {
            if (type.isInstance(event)) {
                mine.add(
                        () -> {
                            if (!cancelled) {
                                guarded(() -> handler.accept(type.cast(event)), "handler of " + type.getSimpleName());
                            }
                        },
                        bytes);
            }
        }

        @Override
        public void end(@Nullable RuntimeException why) {}
    }

    /** What a handler throws is reported and hurts nobody else. */
    private static void guarded(Runnable handler, String what) {
        try {
            handler.run();
        } catch (RuntimeException | Error e) {
            LOG.error("The {} threw; the session goes on", what, e);
        }
    }

    void deliver(ServerEvent event, int bytes) {
        for (Attached each : attached) {
            each.deliver(event, bytes);
        }
    }

    /** Tells of a new response; its audio is kept until those who are told could attach their views. */
    void began(ResponseHandle handle) {
        if (!responseHandlers.isEmpty()) {
            handle.output().hold();
            lane.add(
                    () -> {
                        for (Consumer<ResponseHandle> each : responseHandlers) {
                            guarded(() -> each.accept(handle), "handler of responses");
                        }
                        handle.output().release();
                    },
                    0);
        }
    }

    /** The last delivery. */
    void end(SessionEnd end, @Nullable RuntimeException why) {
        List<Consumer<SessionEnd>> left;
        synchronized (endHandlers) {
            ended = new Ended(end, why);
            left = List.copyOf(endHandlers);
        }
        attached.forEach(each -> each.end(why));
        left.forEach(each -> tell(each, end));
    }

    private void tell(Consumer<SessionEnd> handler, SessionEnd end) {
        lane.add(() -> guarded(() -> handler.accept(end), "handler of the end"), 0);
    }
}
