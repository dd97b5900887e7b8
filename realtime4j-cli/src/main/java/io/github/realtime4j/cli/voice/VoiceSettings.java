package io.github.realtime4j.cli.voice;

import io.github.realtime4j.audio.AudioFormat;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a {@link VoiceConversation} is held.
 *
 * @param microphone what the user says
 * @param inputFormat of the session
 * @param outputFormat of the session
 * @param chunkMillis length of one appended piece of audio
 * @param clock the time of the conversation
 * @param stopsWhileWaiting whether the clock stands still while the server prepares an answer: for clocks that run fast
 * @param patience how long the server may be silent while an answer is due
 * @param userHeard gets the user's sound, from time 0, on the microphone's thread
 * @param assistantHeard gets the assistant's sound as it is heard, from time 0
 */
public record VoiceSettings(
        Microphone microphone,
        AudioFormat inputFormat,
        AudioFormat outputFormat,
        int chunkMillis,
        ConversationClock clock,
        boolean stopsWhileWaiting,
        Duration patience,
        Consumer<short[]> userHeard,
        Consumer<short[]> assistantHeard) {
    void stopTime(boolean still) {
        if (stopsWhileWaiting && still) {
            clock.stop();
        } else if (stopsWhileWaiting) {
            clock.go();
        }
    }
}
