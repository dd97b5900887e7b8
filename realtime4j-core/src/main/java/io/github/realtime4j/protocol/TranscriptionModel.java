package io.github.realtime4j.protocol;

/** A model that writes down what the user says. The set is open. */
public record TranscriptionModel(String value) {
    public static final TranscriptionModel WHISPER_1 = new TranscriptionModel("whisper-1");
    public static final TranscriptionModel GPT_TRANSCRIBE = new TranscriptionModel("gpt-transcribe");
    public static final TranscriptionModel GPT_LIVE_TRANSCRIBE = new TranscriptionModel("gpt-live-transcribe");
    public static final TranscriptionModel GPT_4O_TRANSCRIBE = new TranscriptionModel("gpt-4o-transcribe");
    public static final TranscriptionModel GPT_4O_MINI_TRANSCRIBE = new TranscriptionModel("gpt-4o-mini-transcribe");
    public static final TranscriptionModel GPT_4O_TRANSCRIBE_DIARIZE =
            new TranscriptionModel("gpt-4o-transcribe-diarize");
    public static final TranscriptionModel GPT_REALTIME_WHISPER = new TranscriptionModel("gpt-realtime-whisper");

    @Override
    public String toString() {
        return value;
    }
}
