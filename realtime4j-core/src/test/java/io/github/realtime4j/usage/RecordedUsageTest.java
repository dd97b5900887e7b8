package io.github.realtime4j.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.Recorded;
import io.github.realtime4j.protocol.Response;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordedUsageTest {
    @ParameterizedTest
    @CsvSource({
        "openai_ws__text_in_audio_out_turn,             1, 40,  0,  0.001168", // 16 at 4, 9 at 16, 15 at 64
        "openai_ws__audio_in_server_vad_turn,           1, 205, 0,  0.010922", // and 3 seconds at 0.017 a minute
        "openai_ws__tool_call_round,                    2, 201, 64, 0.0009936", // 64 of 166 at 0.40
        "openai_ws_sideband__webrtc_sideband_text_turn, 1, 17,  0,  0.000128",
        "azure_ws__text_in_audio_out_turn,              1, 114, 0,  0.005568",
        "azure_voice_live_ws__text_in_audio_out_turn,   1, 61,  0,  0",
        "xai_ws__text_in_audio_out_turn,                1, 0,   0,  0"
    })
    void aConversationCostsWhatItSays(String recording, int responses, long tokens, long cached, String usd)
            throws IOException {
        UsageMeter meter = new UsageMeter(PriceTable.latest(), Clock.systemUTC());
        Recorded.serverEvents(recording).forEach(meter::apply);
        SessionUsage usage = meter.usage();

        assertThat(usage.responses()).isEqualTo(Map.of(Response.Status.COMPLETED, responses));
        assertThat(usage.totalTokens()).isEqualTo(tokens);
        assertThat(usage.input().cached()).isEqualTo(cached);
        assertThat(usage.cost()).as("%s", usage.unpriced()).isEqualByComparingTo(usd);
        assertThat(usage.unpriced().isEmpty()).isEqualTo(!recording.startsWith("azure_voice_live"));
    }
}
