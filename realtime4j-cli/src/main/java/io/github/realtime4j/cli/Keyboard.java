package io.github.realtime4j.cli;

import java.io.IOException;

/** Keys one at a time, without Enter and without being shown. */
interface Keyboard {
    /**
     * Takes the keyboard until it is closed.
     *
     * @throws IOException if keys cannot be read here, one at a time
     */
    Keys open() throws IOException;

    /** The keyboard while it is ours. Confined to one thread. */
    interface Keys extends AutoCloseable {
        int NONE = -1;

        /** The next key that was pressed, or {@link #NONE}; does not wait. */
        int next();

        /** The terminal is as it was. */
        @Override
        void close();
    }
}
