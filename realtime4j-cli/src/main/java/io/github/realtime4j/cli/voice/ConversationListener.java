package io.github.realtime4j.cli.voice;

import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.Response;

/**
 * Is told what happens in a {@link VoiceConversation}, on the thread that runs it. Times are samples of {@link
 * ConversationClock#RATE} from the start.
 */
public interface ConversationListener {
    /** Comes often, also when nothing happens. */
    default void tick(long now) {}

    /** The server's turn detection heard the user begin. */
    default void userStarted(String itemId, long at) {}

    /**
     * The server's turn detection heard the user end.
     *
     * @param from the beginning of the committed audio
     * @param to its end, with the silence that was waited for
     */
    default void userStopped(String itemId, long from, long to) {}

    /** What the user said, in words. */
    default void userSaid(String itemId, String transcript) {}

    /** The assistant is heard. */
    default void assistantStarted(String itemId, long at) {}

    /** The assistant was heard to the end. */
    default void assistantFinished(String itemId, String transcript, long at) {}

    /** The user spoke, and the assistant fell silent in the middle. */
    default void interrupted(Interruption interruption) {}

    default void toolCalled(String callId, String name, String arguments) {}

    /**
     * @param output JSON text
     */
    default void toolAnswered(String callId, String name, String output) {}

    default void responseDone(Response response) {}

    /** The server refused something; the conversation goes on. */
    default void problem(ErrorDetail error) {}

    /**
     * Speech that was not heard to its end.
     *
     * @param heardText about the words that were heard
     * @param unheardText the words after these, as far as they had been sent
     * @param heardMillis of audio heard
     * @param receivedMillis of audio received
     * @param at when it fell silent
     */
    record Interruption(
            String itemId, String heardText, String unheardText, long heardMillis, long receivedMillis, long at) {}
}
