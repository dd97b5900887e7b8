package io.github.realtime4j.voice.device;

import java.util.List;

/**
 * A microphone or a speaker that Java sees.
 *
 * @param name what javax.sound calls it; {@link DeviceOptions#named} takes a part of it
 * @param description what else the system says of it
 * @param isDefault whether it is used when none is named
 * @param formats those of a conversation that it claims to take, all 16-bit PCM; never empty
 */
public record AudioDevice(String name, String description, boolean isDefault, List<Format> formats) {
    /**
     * 16-bit PCM.
     *
     * @param sampleRate frames per second
     * @param channels 1 or 2
     */
    public record Format(int sampleRate, int channels) {
        int bytesPerFrame() {
            return 2 * channels;
        }

        @Override
        public String toString() {
            return sampleRate + " Hz " + (channels == 1 ? "mono" : "stereo");
        }
    }

    public AudioDevice {
        formats = List.copyOf(formats);
    }

    /** Whether the name or the description contains this, in any case. */
    boolean isCalled(String part) {
        return contains(name, part) || contains(description, part);
    }

    private static boolean contains(String text, String part) {
        for (int i = 0; i + part.length() <= text.length(); i++) {
            if (text.regionMatches(true, i, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }
}
