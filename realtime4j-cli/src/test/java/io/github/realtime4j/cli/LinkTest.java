package io.github.realtime4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LinkTest {
    private static boolean isBilled(CommandLineRun run) throws Exception {
        Terminal terminal = new Terminal(run.shell(System.out));
        try (Link link = Link.to(terminal, new ConnectionOptions(), null)) {
            return link.isBilled();
        }
    }

    @Test
    void listPricesAreThoseOfOpenAiAndOfNobodyElse() throws Exception {
        CommandLineRun keyed = new CommandLineRun().with("OPENAI_API_KEY", "any");

        assertThat(isBilled(keyed)).isTrue();
        assertThat(isBilled(keyed.with("OPENAI_BASE_URL", "https://example.com/v1")))
                .isFalse();
    }
}
