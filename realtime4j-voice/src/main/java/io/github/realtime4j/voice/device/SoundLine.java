package io.github.realtime4j.voice.device;

/**
 * An open line of a device, as narrow as a conversation needs it: nothing here waits. Not safe from several threads.
 */
interface SoundLine {
    AudioDevice.Format format();

    /** How much the line holds. */
    int bufferFrames();

    /** Frames that can be read or written now. A device that is gone may claim some for ever. */
    int available();

    void start();

    void close();

    /** From a microphone. */
    interface Input extends SoundLine {
        /**
         * @return how many frames were read; none, though {@link #available}, if the device is gone or recovers from a gap
         */
        int read(byte[] target, int frames);
    }

    /** To a speaker. */
    interface Output extends SoundLine {
        /**
         * @return how many frames were taken; none, though {@link #available}, if the device is gone or recovers from a gap,
         *     and after {@link #halt} until {@link #start}
         */
        int write(byte[] source, int offset, int frames);

        /**
         * Frames since opening that the device has taken from the buffer. What was thrown away counts, and after a gap this
         * may run ahead of what was written.
         */
        long position();

        /** Stops, and throws away what the buffer holds. */
        void halt();
    }
}
