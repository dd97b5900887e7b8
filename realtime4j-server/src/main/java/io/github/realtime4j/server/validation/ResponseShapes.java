package io.github.realtime4j.server.validation;

import static io.github.realtime4j.server.validation.Shape.array;
import static io.github.realtime4j.server.validation.Shape.object;
import static io.github.realtime4j.server.validation.Shape.oneOf;

import io.github.realtime4j.server.validation.Shape.Members;
import io.github.realtime4j.server.validation.Shape.Pairs;

/** {@code response} of {@code response.create}. */
final class ResponseShapes {
    private static final Members AUDIO = object().with(
                    "output", object().with("format", SessionShapes.FORMAT).with("voice", SessionShapes.VOICE));

    static final Members RESPONSE = SessionShapes.shared()
            .with("audio", AUDIO)
            .with("conversation", oneOf("auto", "none"))
            .nullable("metadata", new Pairs(16, 64, 512))
            .with("input", array(ItemShapes.INPUT));

    private ResponseShapes() {}
}
