package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many interruptions at random moments, over a network with jitter, of a sink that plays in periods as devices do. */
@Execution(ExecutionMode.CONCURRENT)
final class BargeInTest {
    private static final int RATE = 24_000;
    private static final int PERIOD_MS = Device.PERIOD * 1_000 / RATE;

    private static final short[] GO_ON = User.speech("Go on.", 8_000);

    /** What was true of an item when the sink was silenced. */
    private record Truth(long heardMs, long receivedMs) {}

    /** The conversation, and what an independent observer of the sink and the network knows of it. */
    private static final class Run {
        private final Room room;
        private final Random random;
        private final AudioFormat format;
        private final Device device;
        private final Map<String, Truth> truths = new LinkedHashMap<>();
        private long begun;
        private long silenced;

        Run(Room room, Random random, AudioFormat format) {
            this.room = room;
            this.random = random;
            this.format = format;
            this.device = new Device(room.sink(RATE), heard -> silenced = heard);
        }

        void converse(UnsteadyNetwork network, int interruptions) {
            room.start(room.voice(device)
                    .on(VoiceEvent.AssistantFinished.class, event -> begun = device.heard())
                    .on(VoiceEvent.Interrupted.class, event -> {
                        long received = format.millisOf(network.delivered(event.itemId()));
                        truths.put(event.itemId(), new Truth((silenced - begun) * 1_000 / RATE, received));
                        begun = silenced;
                    }));
            while (truths.size() < interruptions) {
                int reply = 100 + random.nextInt(2_500);
                room.server.enqueue(
                        ScriptedResponse.speech(hum(reply), "So much for that, and now to something else."));
                room.user.say(GO_ON);
                room.pass(700 + random.nextInt(reply + 300));
            }
        }

        private static AudioBytes hum(int millis) {
            byte[] bytes = new byte[millis * 48];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (i % 2 == 0 ? 0 : i / 100 % 16);
            }
            return AudioBytes.wrap(bytes);
        }

        void verify(UnsteadyNetwork network) {
            assertThat(network.errors()).isEmpty();
            assertThat(network.cuts().keySet()).isSubsetOf(truths.keySet());
            truths.forEach((itemId, truth) -> assertThat(network.cuts().getOrDefault(itemId, truth.receivedMs))
                    .as("%s: %s", itemId, truth)
                    .isBetween(truth.heardMs - PERIOD_MS, truth.heardMs + PERIOD_MS)
                    .isLessThanOrEqualTo(truth.receivedMs));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, audio/pcm, 250", "2, audio/pcmu, 250"})
    void eachTruncationIsWhatTheSinkHadPlayed(long seed, String type, int interruptions) {
        Random random = new Random(seed);
        AudioFormat format = type.equals("audio/pcm") ? AudioFormat.PCM16_24KHZ : AudioFormat.PCMU;
        SessionConfig config = SessionConfig.builder()
                .inputFormat(AudioFormat.PCMU)
                .outputFormat(format)
                .turnDetection(TurnDetection.serverVad().silenceDurationMs(200))
                .build();
        UnsteadyNetwork[] network = new UnsteadyNetwork[1];
        try (Room room = new Room(
                config,
                8_000,
                (time, transport) -> network[0] = new UnsteadyNetwork(transport, time, random),
                false,
                RealtimeServer.builder().recording(0, 1))) {
            Run run = new Run(room, random, format);
            run.converse(network[0], interruptions);
            room.pass(5_000);
            run.verify(network[0]);
        }
    }
}
