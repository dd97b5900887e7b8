package io.github.realtime4j.cli;

import io.github.realtime4j.cli.Terminal.Style;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.voice.device.AudioDevice;
import io.github.realtime4j.voice.device.AudioDeviceException;
import io.github.realtime4j.voice.device.DeviceListener;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code realtime devices}. */
@Command(
        name = "devices",
        abbreviateSynopsis = true,
        mixinStandardHelpOptions = true,
        versionProvider = RealtimeCommand.Version.class,
        header = "The microphones and speakers that talk can use.",
        description = {
            "%nLists what Java sees, with the formats that a conversation can use. A part of a name or of a description, "
                    + "in any case, is enough for --microphone and --speaker of 'realtime talk'."
        },
        optionListHeading = "%n@|bold Options:|@%n",
        footer = {
            "",
            "@|bold Examples:|@",
            "  realtime devices",
            "  realtime devices --json",
            "  realtime talk --microphone headset --speaker headset --headphones",
            "",
            "@|bold Exit codes:|@ 0, also if there are none, which is told on stderr with what to do; 2 wrong usage."
        })
final class DevicesCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Devices devices;

    @Option(names = "--json", description = "For programs: one object with inputs and outputs.")
    private boolean json;

    DevicesCommand(Terminal terminal) {
        this.terminal = terminal;
        this.devices = terminal.shell().devices();
    }

    @Override
    public Integer call() {
        List<AudioDevice> inputs = devices.inputs();
        List<AudioDevice> outputs = devices.outputs();
        if (json) {
            terminal.line(JsonObject.of("inputs", json(inputs), "outputs", json(outputs))
                    .toString());
        } else {
            list("Microphones", inputs);
            list("Speakers", outputs);
            if (!inputs.isEmpty() || !outputs.isEmpty()) {
                terminal.line(terminal.out(Style.DIM, "* is used unless another one is named"));
            }
        }
        if (inputs.isEmpty()) {
            explain(() -> devices.microphone(null, DeviceListener.NONE));
        }
        if (outputs.isEmpty()) {
            explain(() -> devices.speaker(null, DeviceListener.NONE));
        }
        return ExitCode.SUCCESS;
    }

    private interface Opening {
        AutoCloseable open() throws AudioDeviceException;
    }

    /** Where there is no device, opening one tells what to do. */
    private void explain(Opening opening) {
        try (AutoCloseable plugged = opening.open()) {
            terminal.detail("just plugged in: " + plugged);
        } catch (AudioDeviceException none) {
            terminal.say(String.valueOf(none.getMessage()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void list(String title, List<AudioDevice> found) {
        if (found.isEmpty()) {
            return;
        }
        terminal.line(terminal.out(Style.BOLD, title));
        for (AudioDevice device : found) {
            terminal.line("  " + (device.isDefault() ? "* " : "  ") + device.name()
                    + terminal.out(Style.DIM, "  " + device.description()));
            terminal.line(terminal.out(Style.DIM, "      " + formats(device.formats())));
        }
        terminal.line("");
    }

    /** Rates in kHz of each number of channels. */
    static String formats(List<AudioDevice.Format> formats) {
        String mono = rates(formats, 1);
        String stereo = rates(formats, 2);
        if (mono.equals(stereo)) {
            return mono + " kHz, mono and stereo";
        } else if (mono.isEmpty() || stereo.isEmpty()) {
            return mono.isEmpty() ? stereo + " kHz, stereo" : mono + " kHz, mono";
        }
        return mono + " kHz, mono; " + stereo + " kHz, stereo";
    }

    private static String rates(List<AudioDevice.Format> formats, int channels) {
        return formats.stream()
                .filter(format -> format.channels() == channels)
                .map(AudioDevice.Format::sampleRate)
                .sorted()
                .map(rate -> BigDecimal.valueOf(rate, 3).stripTrailingZeros().toPlainString())
                .collect(Collectors.joining(", "));
    }

    private static List<JsonObject> json(List<AudioDevice> found) {
        return found.stream()
                .map(device -> JsonObject.of(
                        "name",
                        device.name(),
                        "description",
                        device.description(),
                        "default",
                        device.isDefault(),
                        "formats",
                        device.formats().stream()
                                .map(format -> JsonObject.of(
                                        "sample_rate", format.sampleRate(), "channels", format.channels()))
                                .toList()))
                .toList();
    }
}
