package io.github.realtime4j.voice.device;

import java.util.ArrayList;
import java.util.List;

/** Time that passes only while somebody waits for a device. */
final class FakeClock implements DeviceClock {
    private final List<Alarm> alarms = new ArrayList<>();
    private long now = 1_000_000_000;

    private record Alarm(long at, Runnable action) {}

    /** Runs this on the thread that waits, so many milliseconds from now. */
    FakeClock after(long millis, Runnable action) {
        alarms.add(new Alarm(now + millis * 1_000_000, action));
        return this;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void pause(long nanos) {
        now += nanos;
        for (Alarm alarm : List.copyOf(alarms)) {
            if (alarm.at <= now && alarms.remove(alarm)) {
                alarm.action.run();
            }
        }
    }

    void pass(long millis) {
        for (int i = 0; i < millis; i++) {
            pause(1_000_000);
        }
    }
}
