package io.github.realtime4j.samples;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs samples, one after the other in one process, and writes what each prints to a file of its name. */
final class SampleRuns {
    private static final int PATIENCE_SECONDS = 100;

    private SampleRuns() {}

    /** @param commands each a sample and its arguments, as {@code SpokenQuestion question.wav answer.wav} */
    public static void main(String[] commands) throws Exception {
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(SampleRuns::tellWhoHangs);
        for (String command : commands) {
            String[] words = command.split(" ");
            try (PrintStream out = new PrintStream(words[0] + ".txt", StandardCharsets.UTF_8)) {
                System.setOut(out);
                run(words[0], Arrays.copyOfRange(words, 1, words.length));
            }
        }
    }

    private static void tellWhoHangs() {
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            System.err.println(thread);
            Arrays.stream(stack).forEach(frame -> System.err.println("    at " + frame));
        });
        Runtime.getRuntime().halt(1);
    }

    private static void run(String sample, String[] args) throws Exception {
        try {
            Class.forName(SampleRuns.class.getPackageName() + "." + sample)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace(System.out);
        }
    }
}
