package io.github.realtime4j;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a client's callbacks: virtual ones where the JDK has them, or else as many as are needed. */
final class CallbackThreads {
    private CallbackThreads() {}

    static ExecutorService newExecutor() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException olderThan21) {
            return Executors.newCachedThreadPool(new Daemons());
        }
    }

    /** Threads that do not keep the JVM alive. */
    private static final class Daemons implements ThreadFactory {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public Thread newThread(Runnable task) {
            Thread thread = new Thread(task, "realtime4j-callback-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }
    }
}
