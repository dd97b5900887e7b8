package io.github.realtime4j.cli.voice;

import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.protocol.Response;

/** Something that happens in a {@link SpokenConversation}. Times are milliseconds from its start. */
public sealed interface Moment {
    /** When it happened. */
    long at();

    /** The server's turn detection hears the user, or the user has pressed the key; {@code itemId} is empty then. */
    record UserStarted(long at, String itemId) implements Moment {}

    /**
     * The server's turn detection hears the user no more, or the user has let go the key.
     *
     * @param from the beginning of the turn
     * @param to its end, with the silence that was waited for
     */
    record UserStopped(long at, String itemId, long from, long to) implements Moment {}

    /** What the user said, in words. */
    record UserSaid(long at, String itemId, String transcript) implements Moment {}

    /** The assistant begins to be heard. */
    record AssistantStarted(long at, String itemId) implements Moment {}

    /** The assistant was heard to the end. */
    record AssistantFinished(long at, String itemId, String transcript) implements Moment {}

    /**
     * The user spoke, and the assistant fell silent in the middle.
     *
     * @param heardText about the words that were heard
     * @param unheardText the words after these, as far as they had been sent
     * @param heardMillis of audio heard
     * @param receivedMillis of audio received
     */
    record Interrupted(
            long at, String itemId, String heardText, String unheardText, long heardMillis, long receivedMillis)
            implements Moment {}

    /** What seemed to interrupt the assistant was nothing: the speech goes on where it stopped. */
    record Resumed(long at) implements Moment {}

    /** A turn of the user was taken for noise: nobody answers. */
    record NoiseIgnored(long at) implements Moment {}

    /** The model calls a function, which starts to run. */
    record ToolCalled(long at, String callId, String name, String arguments) implements Moment {}

    /**
     * A function has answered.
     *
     * @param output JSON text
     */
    record ToolAnswered(long at, String callId, String name, String output) implements Moment {}

    /** A response is over, long before it has been heard. */
    record ResponseDone(long at, Response response) implements Moment {}

    /** The server refused something; the conversation goes on. */
    record Refused(long at, ErrorDetail error) implements Moment {}
}
