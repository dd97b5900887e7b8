package io.github.realtime4j.server;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one server: a few that run sessions and never block, and more that may.
 *
 * @param loops runs sessions
 * @param workers runs responders, synthesizers, transcribers and tools
 */
record ServerThreads(Executor loops, Executor workers) {
    private static final int WORKERS = 32;

    static ServerThreads pools() {
        int cores = Math.max(2, Runtime.getRuntime().availableProcessors());
        return new ServerThreads(pool("realtime4j-session-", cores), pool("realtime4j-worker-", WORKERS));
    }

    static ServerThreads sameThread() {
        return new ServerThreads(Runnable::run, Runnable::run);
    }

    private static ThreadPoolExecutor pool(String name, int size) {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(size, size, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Lets what runs come to its end. */
    void close() {
        for (Executor threads : new Executor[] {loops, workers}) {
            if (threads instanceof ExecutorService pool) {
                pool.shutdown();
            }
        }
    }
}
