package io.github.realtime4j.voice;

import java.io.IOException;
import java.util.Iterator;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The microphones and speakers of a platform, found by {@link ServiceLoader}. */
public interface AudioDevices {
    /**
     * Opens a microphone.
     *
     * @param name null for the one that the platform prefers
     * @throws IOException if there is none; the message says what to do
     */
    AudioSource microphone(@Nullable String name) throws IOException;

    /**
     * Opens a speaker.
     *
     * @param name null for the one that the platform prefers
     * @throws IOException if there is none; the message says what to do
     */
    AudioSink speaker(@Nullable String name) throws IOException;

    /**
     * The first that is found.
     *
     * @throws IOException if there is none
     */
    static AudioDevices installed() throws IOException {
        Iterator<AudioDevices> found = ServiceLoader.load(AudioDevices.class, AudioDevices.class.getClassLoader())
                .iterator();
        if (!found.hasNext()) {
            throw new IOException("There is no " + AudioDevices.class.getName()
                    + " on the class path or module path: give the voice a source and a sink of your own");
        }
        return found.next();
    }
}
