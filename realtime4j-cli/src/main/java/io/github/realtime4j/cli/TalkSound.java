package io.github.realtime4j.cli;

import io.github.realtime4j.audio.MalformedWavException;
import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.audio.Wav;
import io.github.realtime4j.audio.WavReader;
import io.github.realtime4j.cli.demo.ScriptedUser;
import io.github.realtime4j.cli.voice.ConversationClock;
import io.github.realtime4j.cli.voice.RecordedUser;
import io.github.realtime4j.server.speech.FreeTtsSynthesizer;
import io.github.realtime4j.voice.AudioSink;
import io.github.realtime4j.voice.AudioSource;
import io.github.realtime4j.voice.WavSink;
import io.github.realtime4j.voice.device.AudioDevice;
import io.github.realtime4j.voice.device.AudioDeviceException;
import io.github.realtime4j.voice.device.DeviceListener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Where the sound of a talk comes from and goes to: devices and files, or what there is instead of a device that nobody has
 * insisted on.
 */
final class TalkSound implements AutoCloseable {
    /** What a synthesised user asks where there is no microphone. */
    static final String QUESTION = "What is 17 times 23?";

    private static final int BEFORE_QUESTION = ScriptedUser.RATE / 2;

    private final Terminal terminal;
    private final Devices devices;
    private final ConversationClock clock;
    private final Queue<String> news = new ConcurrentLinkedQueue<>();
    private @Nullable AudioSource source;
    private @Nullable AudioSink sink;
    private @Nullable RecordedUser recorded;
    private boolean microphone;
    private @Nullable String microphoneName;
    private boolean speaker;
    private @Nullable String speakerName;
    private boolean synthesised;

    TalkSound(Terminal terminal, ConversationClock clock) {
        this.terminal = terminal;
        this.devices = terminal.shell().devices();
        this.clock = clock;
    }

    // The user.

    /**
     * @throws CommandFailure if the file is none that can be read
     */
    void file(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw CommandFailure.usage(file + " is a directory");
        }
        try {
            recorded(WavReader.open(file));
        } catch (MalformedWavException e) {
            throw CommandFailure.usage(file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private void recorded(WavReader file) {
        RecordedUser user = new RecordedUser(file, clock);
        recorded = user;
        source = user;
    }

    /**
     * @param name null for the default one
     * @throws AudioDeviceException if there is none at all
     */
    void microphone(@Nullable String name) throws IOException {
        microphone = true;
        microphoneName = name;
        if (devices.inputs().isEmpty()) {
            openMicrophone();
        }
    }

    private void openMicrophone() throws IOException {
        source = devices.microphone(microphoneName, new News("microphone"));
    }

    /** The default one, or, if there is none, somebody who asks one question. */
    void microphoneOrQuestion() throws IOException {
        if (!devices.inputs().isEmpty()) {
            microphone(null);
            return;
        }
        terminal.say("there is no microphone ('realtime devices' tells more): a synthesised user asks “" + QUESTION
                + "”; --in FILE.wav says something else");
        terminal.status("● preparing the voice");
        short[] question = ScriptedUser.spoken(FreeTtsSynthesizer.shared(), QUESTION, "cedar");
        byte[] file = Wav.bytes(Pcm16.concat(new short[BEFORE_QUESTION], question), ScriptedUser.RATE);
        recorded(WavReader.open(new ByteArrayInputStream(file)));
        synthesised = true;
    }

    // The assistant.

    void toFile(Path file) throws IOException {
        sink = WavSink.create(file, ScriptedUser.RATE, clock);
    }

    /**
     * @param name null for the default one
     * @throws AudioDeviceException if there is none at all
     */
    void speaker(@Nullable String name) throws IOException {
        speaker = true;
        speakerName = name;
        if (devices.outputs().isEmpty()) {
            openSpeaker();
        }
    }

    private void openSpeaker() throws IOException {
        sink = devices.speaker(speakerName, new News("speaker"));
    }

    /**
     * The default one, or, if there is none, a file that is not there yet.
     *
     * @param taken a file that will be written, too
     */
    void speakerOrFile(@Nullable Path taken) throws IOException {
        if (!devices.outputs().isEmpty()) {
            speaker(null);
            return;
        }
        Path file = fresh(terminal.shell().directory(), taken);
        terminal.say("there is no speaker ('realtime devices' tells more): what is heard goes to " + file);
        toFile(file);
    }

    /** Made at once, so that it belongs to nobody else. */
    private static Path fresh(Path directory, @Nullable Path taken) throws IOException {
        for (int i = 1; ; i++) {
            Path file = directory.resolve(i == 1 ? "talk.wav" : "talk-" + i + ".wav");
            try {
                if (!isSame(file, taken)) {
                    return Files.createFile(file);
                }
            } catch (FileAlreadyExistsException exists) {
                // The next number may be free.
            }
        }
    }

    /** Whether both are there, or are to be written, and are the same. */
    static boolean isSame(@Nullable Path one, @Nullable Path other) throws IOException {
        if (one == null || other == null) {
            return false;
        }
        return (Files.exists(one) && Files.exists(other))
                ? Files.isSameFile(one, other)
                : one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    // What has come of it.

    /** Opens the devices: not before somebody listens, since a microphone keeps what it has heard. */
    void openDevices() throws IOException {
        if (microphone && source == null) {
            openMicrophone();
        }
        if (speaker && sink == null) {
            openSpeaker();
        }
    }

    AudioSource source() {
        return opened(source);
    }

    AudioSink sink() {
        return opened(sink);
    }

    private static <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("Not opened");
        }
        return part;
    }

    /** The user, if it is not a microphone that speaks. */
    @Nullable
    RecordedUser recorded() {
        return recorded;
    }

    /** Whether the question is the one of this class. */
    boolean isSynthesised() {
        return synthesised;
    }

    /** Whether somebody is there. */
    boolean isLive() {
        return microphone || speaker;
    }

    /** Whether the microphone hears the speaker, unless that is a pair of headphones. */
    boolean echoes() {
        return microphone && speaker;
    }

    /** The next thing that has become of a device; null if there is none. */
    @Nullable
    String news() {
        return news.poll();
    }

    /** What becomes of a device, from whatever thread. */
    private final class News implements DeviceListener {
        private final String kind;

        News(String kind) {
            this.kind = kind;
        }

        @Override
        public void lost(String device, String why) {
            news.add("the " + kind + " " + device + " is gone: " + why + "; waiting for it, or another");
        }

        @Override
        public void reopened(AudioDevice device) {
            news.add("the " + kind + " is " + device.name() + " now");
        }
    }

    @Override
    public void close() {
        if (source != null) {
            source.close();
        }
        if (sink != null) {
            sink.close();
        }
    }
}
