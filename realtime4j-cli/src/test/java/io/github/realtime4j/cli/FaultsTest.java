package io.github.realtime4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.server.Fault;
import io.github.realtime4j.server.Trigger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultsTest {
    @Test
    void faultsAreReadAsTheHelpShowsThem() {
        assertThat(Faults.parse("close=1011@response.created"))
                .isEqualTo(new Fault.CloseConnection(Trigger.after("response.created"), 1011, "closed by --fault"));
        assertThat(Faults.parse("reset@response.output_audio.delta:3"))
                .isEqualTo(new Fault.Reset(
                        Trigger.after("response.output_audio.delta").nth(3)));
        assertThat(Faults.parse("delay=2s@response.created"))
                .isEqualTo(new Fault.Delay(Trigger.before("response.created"), Duration.ofSeconds(2)));
        assertThat(Faults.parse("ignore@session.update")).isEqualTo(new Fault.NeverAcknowledge("session.update"));
        assertThat(Faults.parse("refuse=503")).isInstanceOf(Fault.RefuseUpgrade.class);
        assertThat(Faults.parse("malformed=BINARY@response.done")).isInstanceOf(Fault.MalformedFrame.class);
        assertThat(Faults.parse("slow=1000")).isInstanceOf(Fault.SlowReader.class);
        assertThat(Faults.parse("drop@session.updated")).isInstanceOf(Fault.DropEvent.class);
        assertThat(Faults.parse("stall@response.created")).isInstanceOf(Fault.Stall.class);
        assertThat(Faults.parse("error=server_error@response.create")).isInstanceOf(Fault.ErrorReply.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "explode",
                "close",
                "close=x@response.created",
                "close=5@response.created",
                "refuse=200",
                "delay=soon@response.created",
                "malformed=ODD@response.done",
                "slow=0"
            })
    void whatIsNoFaultIsWrongUsage(String text) {
        assertThatThrownBy(() -> Faults.parse(text))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("--fault " + text);
    }
}
