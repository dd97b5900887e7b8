package io.github.realtime4j.samples;

import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.Turn;
import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.audio.Wav;
import io.github.realtime4j.audio.WavWriter;
import io.github.realtime4j.protocol.Item;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.tool.FunctionTool;
import java.io.IOException;
import java.nio.file.Path;

/** A voice that calls your code: hears {@code question.wav}, speaks into {@code answer.wav}. */
public class VoiceAgent {
    record Place(String city) {}

    record Weather(int temperature, String sky) {}

    public static void main(String[] args) throws IOException {
        var getWeather = FunctionTool.of("get_weather", "The weather in a city now", Place.class);
        try (RealtimeClient client = RealtimeClient.builder().build();
                RealtimeSession session = client.newSession();
                WavWriter answer = WavWriter.create(Path.of(args[1]), AudioFormat.PCM16_24KHZ)) {
            session.onCall(getWeather, place -> new Weather(12, "rainy"));
            session.connect();
            AudioBytes question = Wav.read(Path.of(args[0])).encode(AudioFormat.PCM16_24KHZ);
            Turn turn = session.turn(Item.userAudio(question));
            for (ResponseEvent.OutputAudioDelta piece : turn.audio()) {
                answer.write(piece.delta());
            }
            System.out.println(turn.join().text());
        }
    }
}
