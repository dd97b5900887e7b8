package io.github.realtime4j.server.respond;

import io.github.realtime4j.protocol.ContentPart;
import io.github.realtime4j.server.usage.ImageSize;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be said of an image without seeing it: its format and its size. */
final class Sight {
    private Sight() {}

    static @Nullable Answer answer(Turn turn) {
        List<String> seen = new ArrayList<>();
        for (ContentPart.InputImage image : turn.images()) {
            ImageSize size = image.imageUrl() == null ? null : ImageSize.of(image.imageUrl());
            seen.add(
                    size == null
                            ? "an image whose size I cannot read"
                            : "a " + size.format() + " image of " + size.width() + " by " + size.height() + " pixels");
        }
        return seen.isEmpty() ? null : new Answer("I see " + Words.listed(seen) + ".");
    }
}
