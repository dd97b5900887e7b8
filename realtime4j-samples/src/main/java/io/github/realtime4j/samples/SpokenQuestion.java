package io.github.realtime4j.samples;

import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.ResponseHandle;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.audio.Wav;
import io.github.realtime4j.audio.WavWriter;
import io.github.realtime4j.protocol.ResponseEvent;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TurnDetection;
import java.io.IOException;
import java.nio.file.Path;

/** Push to talk: {@code question.wav} is one turn, the answer is written to {@code answer.wav} while it comes. */
public class SpokenQuestion {
    public static void main(String[] args) throws IOException {
        Wav question = Wav.read(Path.of(args[0]));
        SessionConfig pushToTalk =
                SessionConfig.builder().turnDetection(TurnDetection.OFF).build();
        try (RealtimeClient client = RealtimeClient.builder().build();
                RealtimeSession session = client.newSession(pushToTalk).connect();
                WavWriter answer = WavWriter.create(Path.of(args[1]), AudioFormat.PCM16_24KHZ)) {
            session.input().append(question.encode(AudioFormat.PCM16_24KHZ));
            session.input().commit().join();
            ResponseHandle response = session.respond();
            for (ResponseEvent.OutputAudioDelta piece : response.audio()) {
                answer.write(piece.delta());
            }
            System.out.println(response.done().join().text());
        }
    }
}
