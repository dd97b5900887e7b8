package io.github.realtime4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.voice.device.AudioDevice.Format;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DevicesCommandTest {
    private final CommandLineRun run = new CommandLineRun();

    @Test
    void listsWhatThereIs() {
        run.devices().withMicrophone().withSpeaker().withSpeaker("Headset [plughw:2]");

        run.run("devices");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.outLines())
                .containsExactly(
                        "Microphones",
                        "  * Mic [plughw:0]  USB, model 3",
                        "      24, 44.1 kHz, mono",
                        "",
                        "Speakers",
                        "  * Loud [plughw:1]  USB, model 3",
                        "      24, 44.1 kHz, mono",
                        "    Headset [plughw:2]  USB, model 3",
                        "      24, 44.1 kHz, mono",
                        "",
                        "* is used unless another one is named");
    }

    @Test
    void nothingThereIsNoErrorAndStderrTellsWhatToDo() {
        run.run("devices");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("no microphone here\nno speaker here\n");
    }

    @Test
    void programsGetOneObject() {
        run.devices().withMicrophone();

        JsonObject listed = JsonObject.parse(run.run("devices", "--json").out());

        assertThat(listed.array("inputs"))
                .hasToString(
                        "[{\"name\":\"Mic [plughw:0]\",\"description\":\"USB, model 3\",\"default\":true,\"formats\":"
                                + "[{\"sample_rate\":24000,\"channels\":1},{\"sample_rate\":44100,\"channels\":1}]}]");
        assertThat(listed.array("outputs")).hasToString("[]");
    }

    @Test
    void formatsAreToldInShort() {
        Format mono = new Format(8_000, 1);
        Format stereo = new Format(48_000, 2);

        assertThat(DevicesCommand.formats(List.of(mono, new Format(8_000, 2)))).isEqualTo("8 kHz, mono and stereo");
        assertThat(DevicesCommand.formats(List.of(mono, stereo))).isEqualTo("8 kHz, mono; 48 kHz, stereo");
        assertThat(DevicesCommand.formats(List.of(stereo))).isEqualTo("48 kHz, stereo");
    }
}
