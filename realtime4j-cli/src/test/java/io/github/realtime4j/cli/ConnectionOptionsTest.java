package io.github.realtime4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.protocol.Dialect;
import org.junit.jupiter.api.Test;

final class ConnectionOptionsTest {
    @Test
    void aBaseUrlIsCompletedAndAWholeUrlIsTakenAsItIs() {
        assertThat(ConnectionOptions.custom("https://host/v1").uri())
                .hasToString("wss://host/v1/realtime?model=gpt-realtime-2.1");
        assertThat(ConnectionOptions.custom("ws://host/v1/realtime?model=m").uri())
                .hasToString("ws://host/v1/realtime?model=m");
    }

    @Test
    void addressesOfAzureAreKnown() {
        assertThat(ConnectionOptions.custom("wss://res.openai.azure.com/openai/v1/realtime?model=my-voice"))
                .satisfies(endpoint -> {
                    assertThat(endpoint.uri())
                            .hasToString("wss://res.openai.azure.com/openai/v1/realtime?model=my-voice");
                    assertThat(endpoint.dialect()).isEqualTo(Dialect.GA);
                });
        assertThat(ConnectionOptions.custom(
                                "wss://res.openai.azure.com/openai/realtime?api-version=2024-10-01-preview&deployment=d")
                        .dialect())
                .isEqualTo(Dialect.BETA);
    }

    @Test
    void aPasswordInAUrlIsNotRepeated() {
        assertThatThrownBy(() -> ConnectionOptions.custom("ftp://me:secret@host/v1"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageNotContaining("secret");
    }
}
