package io.github.realtime4j.voice.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PulseAudio server of our own without any hardware: what is played into {@code room} is heard by the default microphone,
 * and {@code speaker} is the default speaker. The environment of this process must name it already ({@code PULSE_SERVER},
 * {@code ALSA_CONFIG_PATH}): libraries read that once.
 */
final class PulseAudio implements AutoCloseable {
    private static final String ALSA = """
            </usr/share/alsa/alsa.conf>
            pcm.!default { type pulse }
            ctl.!default { type pulse }
            """;

    /** Without rewinds a null sink plays small pieces, as hardware does, and not two seconds in advance. */
    private static final String SERVER = """
            load-module module-native-protocol-unix socket=%s auth-anonymous=1
            load-module module-null-sink sink_name=speaker rate=48000 channels=2 norewinds=1
            load-module module-null-sink sink_name=room rate=48000 channels=2 norewinds=1
            set-default-sink speaker
            set-default-source room.monitor
            """;

    private final Path directory;
    private Process server;

    private PulseAudio(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        this.server = launch();
    }

    /** Whether the environment names a server, as the Maven profile has it. */
    static boolean isNamed() {
        return System.getenv("PULSE_SERVER") != null && System.getenv("ALSA_CONFIG_PATH") != null;
    }

    /** Whether the programs are there. */
    static boolean isInstalled() {
        return List.of("pulseaudio", "pactl", "parec", "pacat").stream().allMatch(PulseAudio::isOnPath);
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return List.of(path.split(":")).stream().anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    }

    /** Starts it in the directory that {@code ALSA_CONFIG_PATH} points into. */
    static PulseAudio start() throws IOException, InterruptedException {
        Path directory = Path.of(System.getenv("ALSA_CONFIG_PATH")).getParent();
        Files.createDirectories(directory);
        return new PulseAudio(directory);
    }

    private Process launch() throws IOException, InterruptedException {
        Path socket = directory.resolve("socket");
        Files.deleteIfExists(socket);
        Files.writeString(directory.resolve("alsa.conf"), ALSA);
        Files.writeString(directory.resolve("server.pa"), SERVER.formatted(socket));
        ProcessBuilder builder = new ProcessBuilder(
                        "pulseaudio",
                        "-n",
                        "-F",
                        directory.resolve("server.pa").toString(),
                        "--daemonize=no",
                        "--exit-idle-time=-1",
                        "--use-pid-file=no",
                        "--log-target=stderr")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.log").toFile());
        builder.environment().remove("PULSE_SERVER");
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("XDG_RUNTIME_DIR", directory.toString());
        Process process = builder.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IOException(
                        "PulseAudio does not start:\n" + Files.readString(directory.resolve("server.log")));
            }
        }
        return process;
    }

    private static boolean answers() throws IOException, InterruptedException {
        return new ProcessBuilder("pactl", "info")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** Records what a sink plays, from now on. */
    Monitor monitor(String sink) throws IOException {
        return new Monitor(program("parec", Monitor.RATE, "--latency-msec=10", "--device=" + sink + ".monitor")
                .start());
    }

    /** Plays 24 kHz samples to a sink. */
    Process play(String sink, byte[] pcm) throws IOException {
        Process player = program("pacat", 24_000, "--latency-msec=200", "--playback", "--device=" + sink)
                .start();
        player.getOutputStream().write(pcm);
        player.getOutputStream().close();
        return player;
    }

    private static ProcessBuilder program(String name, int rate, String... options) {
        List<String> command =
                new ArrayList<>(List.of(name, "--raw", "--rate=" + rate, "--channels=1", "--format=s16le"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    /** As when the sound system of a machine crashes. */
    void die() throws InterruptedException {
        server.destroyForcibly().waitFor();
    }

    void restart() throws IOException, InterruptedException {
        server = launch();
    }

    @Override
    public void close() {
        server.destroy();
    }
}
