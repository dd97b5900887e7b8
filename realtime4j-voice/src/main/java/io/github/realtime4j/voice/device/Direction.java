package io.github.realtime4j.voice.device;

/** Which way the sound goes, and what people call the device. */
enum Direction {
    INPUT("microphone", "--in FILE", "arecord -L"),
    OUTPUT("speaker", "--out FILE", "aplay -L");

    final String device;
    final String instead;
    final String listing;

    Direction(String device, String instead, String listing) {
        this.device = device;
        this.instead = instead;
        this.listing = listing;
    }
}
