/** Spoken conversations. */
module io.github.realtime4j.voice {
    requires transitive io.github.realtime4j.core;
    requires java.desktop;
    requires org.slf4j;

    exports io.github.realtime4j.voice;
    exports io.github.realtime4j.voice.device;

    uses io.github.realtime4j.voice.AudioDevices;

    provides io.github.realtime4j.voice.AudioDevices with
            io.github.realtime4j.voice.device.SoundDevices;
}
