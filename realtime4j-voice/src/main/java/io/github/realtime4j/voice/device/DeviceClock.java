package io.github.realtime4j.voice.device;

import java.io.InterruptedIOException;
import java.util.concurrent.locks.LockSupport;

/** Time as the devices use it. */
interface DeviceClock {
    DeviceClock SYSTEM = new DeviceClock() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void pause(long nanos) throws InterruptedIOException {
            LockSupport.parkNanos(nanos);
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("Interrupted while waiting for a sound device");
            }
        }
    };

    long nanoTime();

    /** Waits about this long. */
    void pause(long nanos) throws InterruptedIOException;
}
