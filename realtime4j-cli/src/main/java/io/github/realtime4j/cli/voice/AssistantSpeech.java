package io.github.realtime4j.cli.voice;

import io.github.realtime4j.audio.AudioDecoder;

/**
 * One spoken item on its way to the loudspeaker.
 *
 * @param decoder to samples of {@link ConversationClock#RATE}
 */
record AssistantSpeech(String responseId, int contentIndex, AudioDecoder decoder) {
    /**
     * How many characters of the transcript had been heard, as far as that can be told: the wire says nothing about
     * when a word sounds, so words are taken to be as long as they are written.
     *
     * @return an index at the end of a word
     */
    static int heardLength(String transcript, long heardMillis, long allMillis) {
        if (allMillis <= 0 || heardMillis >= allMillis) {
            return heardMillis > 0 ? transcript.length() : 0;
        }
        int length = (int) (transcript.length() * heardMillis / allMillis);
        int space = transcript.lastIndexOf(' ', length);
        return length == 0 || space < 0 ? 0 : space;
    }
}
