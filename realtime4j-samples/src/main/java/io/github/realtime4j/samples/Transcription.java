package io.github.realtime4j.samples;

import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.Transcript;
import io.github.realtime4j.TranscriptionSession;
import io.github.realtime4j.View;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.audio.Wav;
import io.github.realtime4j.protocol.InputAudioTranscription;
import io.github.realtime4j.protocol.SessionConfig;
import io.github.realtime4j.protocol.TranscriptionModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Writes down what is said in {@code speech.wav}, one line for each turn. */
public class Transcription {
    public static void main(String[] args) throws IOException {
        SessionConfig config = SessionConfig.transcription()
                .transcription(InputAudioTranscription.of(TranscriptionModel.GPT_4O_TRANSCRIBE))
                .build();
        try (RealtimeClient client = RealtimeClient.builder().build();
                TranscriptionSession session = client.transcribe(config).connect()) {
            View<Transcript> transcripts = session.transcripts();
            session.append(Wav.read(Path.of(args[0])).encode(AudioFormat.PCM16_24KHZ));
            session.finish(Duration.ofSeconds(30));
            for (Transcript transcript : transcripts) {
                if (transcript.isFinal()) {
                    System.out.println(transcript.text());
                }
            }
        }
    }
}
