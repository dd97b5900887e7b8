package io.github.realtime4j.samples;

import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.voice.Voice;
import io.github.realtime4j.voice.VoiceEvent;
import io.github.realtime4j.voice.WavSink;
import io.github.realtime4j.voice.WavSource;
import java.io.IOException;
import java.nio.file.Path;

/** A conversation by voice: put headphones on, and talk. With two files instead, it hears the first and speaks the second. */
public class Talk {
    public static void main(String[] args) throws IOException {
        try (RealtimeClient client = RealtimeClient.builder().build();
                RealtimeSession session = client.newSession()) {
            Voice.Builder builder = Voice.attach(session)
                    .on(VoiceEvent.AssistantFinished.class, said -> System.out.println(said.transcript()))
                    .on(VoiceEvent.Interrupted.class, cut -> System.out.println(cut.heardText() + "…"));
            if (args.length == 0) {
                builder.microphone().speaker().headphones();
            } else {
                builder.source(WavSource.open(Path.of(args[0])))
                        .sink(WavSink.create(Path.of(args[1]), 24_000))
                        .on(VoiceEvent.AssistantFinished.class, said -> session.closeAsync());
            }
            try (Voice voice = builder.start()) {
                voice.ended().join();
            }
        }
    }
}
