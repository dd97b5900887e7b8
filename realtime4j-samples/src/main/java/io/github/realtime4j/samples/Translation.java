package io.github.realtime4j.samples;

import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.TranslationSession;
import io.github.realtime4j.View;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.audio.Wav;
import io.github.realtime4j.audio.WavWriter;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.SessionEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Says in Spanish what is said in {@code speech.wav}: prints the words, and writes the voice to {@code spanish.wav}. */
public class Translation {
    public static void main(String[] args) throws IOException {
        SessionConfig config = SessionConfig.translation().language("es").build();
        try (RealtimeClient client = RealtimeClient.builder().build();
                TranslationSession session = client.translate(config).connect();
                WavWriter spanish = WavWriter.create(Path.of(args[1]), AudioFormat.PCM16_24KHZ)) {
            View<String> words = session.translation();
            View<SessionEvent.OutputAudioDelta> voice = session.audio();
            session.append(Wav.read(Path.of(args[0])).encode(AudioFormat.PCM16_24KHZ));
            session.finish(Duration.ofSeconds(30));
            for (SessionEvent.OutputAudioDelta piece : voice) {
                spanish.write(piece.delta());
            }
            System.out.println(String.join("", words));
        }
    }
}
