package io.github.realtime4j.cli.voice;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioDecoder;
import io.github.realtime4j.audio.AudioFormat;

/** One spoken item on its way to the loudspeaker: sound and words. Confined to one thread. */
final class AssistantSpeech {
    private final String responseId;
    private final int contentIndex;
    private final AudioDecoder decoder;
    private String transcript = "";
    private boolean cut;

    AssistantSpeech(String responseId, int contentIndex, AudioFormat format) {
        this.responseId = responseId;
        this.contentIndex = contentIndex;
        this.decoder = new AudioDecoder(format, ConversationClock.RATE);
    }

    short[] decode(AudioBytes audio) {
        return decoder.decode(audio);
    }

    short[] rest() {
        return decoder.flush();
    }

    String responseId() {
        return responseId;
    }

    int contentIndex() {
        return contentIndex;
    }

    void append(String words) {
        transcript += words;
    }

    void transcript(String whole) {
        transcript = whole;
    }

    String transcript() {
        return transcript.strip();
    }

    void cut() {
        cut = true;
    }

    /** Whether what still arrives of it must not be heard. */
    boolean isCut() {
        return cut;
    }

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
