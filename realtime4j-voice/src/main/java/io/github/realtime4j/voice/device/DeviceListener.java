package io.github.realtime4j.voice.device;

/** Told of a device that went away. Called by the thread that reads the microphone or writes to the speaker: be quick. */
public interface DeviceListener {
    /** Tells nobody. */
    DeviceListener NONE = new DeviceListener() {};

    /**
     * The device is gone. Until another is opened a microphone gives silence, and a speaker keeps its writer waiting.
     *
     * @param device its name
     * @param why what showed it
     */
    default void lost(String device, String why) {}

    /** Sound flows again: through the device that was lost, or the default one. */
    default void reopened(AudioDevice device) {}
}
