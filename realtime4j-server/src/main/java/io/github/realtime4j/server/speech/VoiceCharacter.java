package io.github.realtime4j.server.speech;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What makes the one FreeTTS voice sound like several people.
 *
 * @param pitch mean fundamental frequency as heard, in hertz
 * @param liveliness how far the pitch moves, in hertz
 * @param rate at which 16,000 synthesised samples are played: above 16,000 the mouth seems smaller
 * @param pace 1 is the pace of the FreeTTS voice, 1.2 is faster
 */
record VoiceCharacter(double pitch, double liveliness, int rate, double pace) {
    private static final Map<String, VoiceCharacter> VOICES = Map.of(
            "alloy", new VoiceCharacter(125, 14, 16_000, 1.15),
            "ash", new VoiceCharacter(98, 12, 15_000, 1.15),
            "ballad", new VoiceCharacter(112, 22, 15_600, 1.0),
            "cedar", new VoiceCharacter(84, 10, 14_400, 1.1),
            "coral", new VoiceCharacter(195, 26, 18_000, 1.2),
            "echo", new VoiceCharacter(106, 8, 16_000, 1.2),
            "marin", new VoiceCharacter(172, 22, 17_600, 1.15),
            "sage", new VoiceCharacter(182, 14, 18_000, 1.05),
            "shimmer", new VoiceCharacter(225, 28, 19_200, 1.15),
            "verse", new VoiceCharacter(138, 30, 16_000, 1.25));
    private static final List<String> NAMES = VOICES.keySet().stream().sorted().toList();

    static VoiceCharacter of(String voice) {
        String name = voice.toLowerCase(Locale.ROOT);
        String some = NAMES.get(Math.floorMod(name.hashCode(), NAMES.size()));
        return Objects.requireNonNull(VOICES.getOrDefault(name, VOICES.get(some)));
    }

    static List<String> names() {
        return NAMES;
    }
}
