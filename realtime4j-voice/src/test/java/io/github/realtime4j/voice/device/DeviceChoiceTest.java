package io.github.realtime4j.voice.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {
    private static final List<AudioDevice.Format> FORMATS =
            List.of(new AudioDevice.Format(48_000, 2), new AudioDevice.Format(48_000, 1));
    private static final AudioDevice DEFAULT = new AudioDevice("default [default]", "Direct", true, FORMATS);
    private static final AudioDevice CARD = new AudioDevice("PCH [plughw:0,0]", "HDA Intel, ALC256", false, FORMATS);
    private static final AudioDevice USB = new AudioDevice("USB [plughw:1,0]", "Headset, USB Audio", false, FORMATS);
    private static final List<AudioDevice> DEVICES = List.of(DEFAULT, CARD, USB);

    private static AudioDevice choose(String name) throws AudioDeviceException {
        return DeviceChoice.choose(DEVICES, Direction.INPUT, name);
    }

    @Test
    void theFirstIsTheDefault() throws Exception {
        assertThat(choose(null)).isSameAs(DEFAULT);
    }

    @Test
    void aPartOfTheNameOrTheDescriptionIsEnoughInAnyCase() throws Exception {
        assertThat(choose("usb [")).isSameAs(USB);
        assertThat(choose("alc256")).isSameAs(CARD);
        assertThat(choose("HEADSET")).isSameAs(USB);
    }

    @Test
    void theWholeNameMeansThatDevice() throws Exception {
        AudioDevice shorter = new AudioDevice("USB", "Another", false, FORMATS);

        assertThat(DeviceChoice.choose(List.of(USB, shorter), Direction.INPUT, "usb"))
                .isSameAs(shorter);
    }

    @Test
    void anUnknownNameIsAnsweredWithWhatThereIs() {
        assertThatThrownBy(() -> choose("Bluetooth"))
                .isInstanceOf(AudioDeviceException.class)
                .hasMessage("No microphone is called \"Bluetooth\". There are: \"default [default]\" (Direct),"
                        + " \"PCH [plughw:0,0]\" (HDA Intel, ALC256), \"USB [plughw:1,0]\" (Headset, USB Audio)");
    }

    @Test
    void anAmbiguousNameIsAnsweredWithWhatItMayMean() {
        assertThatThrownBy(() -> choose("plughw"))
                .isInstanceOf(AudioDeviceException.class)
                .hasMessage("\"plughw\" may be any of 2 microphones, name more of it:"
                        + " \"PCH [plughw:0,0]\" (HDA Intel, ALC256), \"USB [plughw:1,0]\" (Headset, USB Audio)");
    }

    @Test
    void whereThereIsNoDeviceTheMessageSaysWhatToDo() {
        assertThatThrownBy(() -> DeviceChoice.choose(List.of(), Direction.INPUT, null))
                .isInstanceOf(AudioDeviceException.class)
                .hasMessage(
                        "Java sees no microphone on this machine. Without a sound device (a server, a container) use a"
                                + " file or a stream; on the command line --in FILE. On Linux Java sees only what ALSA does:"
                                + " `arecord -L` must list a device, PulseAudio and PipeWire need ALSA's plugin"
                                + " (libasound2-plugins, pipewire-alsa), and the user may have to be in the group audio");
        assertThatThrownBy(() -> DeviceChoice.choose(List.of(), Direction.OUTPUT, "any"))
                .hasMessageStartingWith("Java sees no speaker on this machine.");
    }

    @Test
    void theRateThatIsWantedIsTriedFirstThenTheUsualOnes() {
        assertThat(DeviceChoice.formats(CARD, 24_000))
                .containsExactly(
                        new AudioDevice.Format(24_000, 1),
                        new AudioDevice.Format(24_000, 2),
                        new AudioDevice.Format(48_000, 1),
                        new AudioDevice.Format(48_000, 2));
    }

    @Test
    void outOfRangeOptionsAreRefused() {
        assertThatThrownBy(() -> DeviceOptions.DEFAULT.withSampleRate(4_000))
                .hasMessage("Expected a rate of 8,000 to 192,000 Hz but got 4000");
        assertThatThrownBy(() -> DeviceOptions.DEFAULT.withBuffer(Duration.ofSeconds(1)))
                .hasMessage("Expected a buffer of 20 to 500 ms but got 1000 ms");
    }
}
