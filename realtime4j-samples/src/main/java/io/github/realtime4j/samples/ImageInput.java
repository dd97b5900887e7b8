package io.github.realtime4j.samples;

import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.protocol.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A question about a picture: {@code picture.png}. */
public class ImageInput {
    public static void main(String[] args) throws IOException {
        byte[] picture = Files.readAllBytes(Path.of(args[0]));
        Item question = Item.message(
                Item.Role.USER,
                ContentPart.InputImage.of("image/png", picture),
                new ContentPart.InputText("What do you see?"));
        try (RealtimeClient client = RealtimeClient.builder().build();
                RealtimeSession session = client.newSession().connect()) {
            System.out.println(session.ask(question).join().text());
        }
    }
}
