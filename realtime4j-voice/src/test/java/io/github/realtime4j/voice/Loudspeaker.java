package io.github.realtime4j.voice;

/** A sink that stands in a room. */
final class Loudspeaker extends ForwardingSink {
    Loudspeaker(AudioSink sink) {
        super(sink);
    }

    @Override
    public boolean isLoudspeaker() {
        return true;
    }
}
