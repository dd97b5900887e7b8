package io.github.realtime4j.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioDecoder;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.audio.Resampler;
import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.protocol.ConversationEvent.ItemRetrieved;
import io.github.realtime4j.protocol.InputAudioBufferEvent.Committed;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TurnDetection;
import io.github.realtime4j.server.ScriptedResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every format on the wire, between devices of other rates, against the embedded server. */
final class FormatsTest {
    @ParameterizedTest
    @CsvSource({
        "audio/pcm,  24000, 24000, 0.9999",
        "audio/pcm,  44100, 48000, 0.999",
        "audio/pcm,  16000, 22050, 0.999",
        "audio/pcmu, 8000,  8000,  0.99",
        "audio/pcmu, 48000, 44100, 0.99",
        "audio/pcma, 16000, 48000, 0.99"
    })
    void bothSidesAreUnderstood(String type, int microphone, int speaker, double likeness) throws Exception {
        AudioFormat format = switch (type) {
            case "audio/pcmu" -> AudioFormat.PCMU;
            case "audio/pcma" -> AudioFormat.PCMA;
            default -> AudioFormat.PCM16_24KHZ;
        };
        SessionConfig config = SessionConfig.builder()
                .inputFormat(format)
                .outputFormat(format)
                .turnDetection(TurnDetection.OFF)
                .build();
        try (Room room = new Room(config, microphone, transport -> transport, true)) {
            short[] reply = noise(1, 24_000);
            room.server.enqueue(ScriptedResponse.speech(Pcm16.toAudioBytes(reply), "Hm."));
            List<String> committed = new ArrayList<>();
            room.session.on(Committed.class, event -> committed.add(event.itemId()));
            Voice voice = room.start(room.voice(room.sink(speaker)));
            short[] words = noise(2, microphone);
            voice.press();
            room.user.say(words);
            room.pass(words.length * 1_000L / microphone + 100);
            voice.release();
            room.pass(6_000);

            assertThat(Likeness.of(Resampler.convert(reply, 24_000, speaker), room.heard()))
                    .isGreaterThan(likeness);
            assertThat(Likeness.of(words, understood(room, committed.get(0), format, microphone)))
                    .isGreaterThan(likeness);
        }
    }

    /** A second and a half of sound that is like itself nowhere else, and fits through a telephone. */
    private static short[] noise(long seed, int sampleRate) {
        Random random = new Random(seed);
        short[] samples = new short[9_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (random.nextGaussian() * 4_000);
        }
        return Resampler.convert(samples, 6_000, sampleRate);
    }

    /** What the server has of a turn. */
    private static short[] understood(Room room, String itemId, AudioFormat format, int sampleRate) throws Exception {
        List<Item> items = new ArrayList<>();
        room.session.on(ItemRetrieved.class, event -> items.add(event.item()));
        room.session.items().retrieve(itemId);
        room.pass(100);
        Item.Message message = (Item.Message) items.get(0);
        AudioBytes audio = ((ContentPart.InputAudio) message.content().get(0)).audio();
        return new AudioDecoder(format, sampleRate).decode(audio);
    }
}
