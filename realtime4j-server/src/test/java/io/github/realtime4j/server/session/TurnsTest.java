package io.github.realtime4j.server.session;

import static io.github.realtime4j.server.session.TestClient.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.audio.AudioEncoder;
import io.github.realtime4j.audio.AudioFormat;
import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.ManualTime;
import io.github.realtime4j.server.Pacing;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.server.ScriptedTranscriber;
import io.github.realtime4j.server.speech.SpeechChunk;
import io.github.realtime4j.server.speech.ToneSynthesizer;
import io.github.realtime4j.server.speech.Utterance;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From sound to turns: voice activity detection, push-to-talk, interruptions, silence. */
final class TurnsTest {
    private static final List<String> COMMIT =
            List.of("input_audio_buffer.committed", "conversation.item.added", "conversation.item.done");

    private final ManualTime time = new ManualTime(Instant.parse("2026-07-28T05:00:00Z"));
    private final ScriptedTranscriber transcriber = new ScriptedTranscriber();
    private final RealtimeServer server = TestClient.server(time)
            .transcriber(transcriber)
            .pacing(new Pacing(1, Duration.ZERO, Duration.ofMillis(10)))
            .start();
    private final TestClient client = TestClient.connect(server);

    @AfterEach
    void close() {
        server.close();
    }

    static byte[] speech(String text) {
        short[] samples = new short[24 * 200];
        Iterator<SpeechChunk> chunks = new ToneSynthesizer().speak(new Utterance(text, "alloy", 1));
        while (chunks.hasNext()) {
            samples = Pcm16.concat(samples, chunks.next().samples());
        }
        return Pcm16.toBytes(samples);
    }

    static byte[] silence(int millis) {
        return new byte[millis * 48];
    }

    private void update(String input) {
        client.say("{'type':'session.update','session':{'type':'realtime','audio':{'input':{" + input + "}}}}");
        client.types();
    }

    @Test
    void aTurnIsFoundCommittedAndAnswered() {
        server.enqueue(ScriptedResponse.text("Hello!"));
        client.types();
        client.append(speech("Good morning, my name is Marcelo"));
        assertThat(client.types()).first().isEqualTo("input_audio_buffer.speech_started");
        client.append(silence(600));
        String itemId = at(client.last("input_audio_buffer.speech_started"), "item_id");
        assertThat(at(client.last("input_audio_buffer.speech_stopped"), "item_id"))
                .isEqualTo(itemId);
        assertThat(at(client.last("input_audio_buffer.committed"), "item_id")).isEqualTo(itemId);
        assertThat(at(client.first("conversation.item.done"), "item"))
                .isEqualTo("{\"id\":\"" + itemId + "\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"user\","
                        + "\"content\":[{\"type\":\"input_audio\",\"transcript\":null}]}");
        time.advance(Duration.ofSeconds(3));
        assertThat(at(client.last("response.done"), "response", "status")).isEqualTo("completed");
        int start = Integer.parseInt(at(client.last("input_audio_buffer.speech_started"), "audio_start_ms"));
        int end = Integer.parseInt(at(client.last("input_audio_buffer.speech_stopped"), "audio_end_ms"));
        assertThat(end % 32).isZero();
        assertThat(start == 0 || (start + 300) % 32 == 0).isTrue();
        client.say("{'type':'conversation.item.retrieve','item_id':'" + itemId + "'}");
        JsonObject item = client.last("conversation.item.retrieved");
        assertThat(AudioBytes.fromBase64(at(item, "item", "content", 0, "audio"))
                        .size())
                .isEqualTo((end - start) * 48);
    }

    @Test
    void withoutCreateResponseTheTurnIsOnlyCommitted() {
        update("'turn_detection':{'type':'server_vad','create_response':false}");
        client.append(speech("Good morning"));
        client.append(silence(600));
        assertThat(client.types())
                .startsWith("input_audio_buffer.speech_started")
                .endsWith("input_audio_buffer.committed", "conversation.item.added", "conversation.item.done")
                .doesNotContain("response.created");
    }

    @Test
    void speechInterruptsTheResponse() {
        server.enqueue(ScriptedResponse.text("Let me tell you a very long story about a fox and a crow."));
        client.say("{'type':'response.create'}");
        time.advance(Duration.ofMillis(600));
        client.types();
        client.append(speech("Stop that please"));
        assertThat(client.types().subList(0, 9))
                .containsExactly(
                        "input_audio_buffer.speech_started",
                        "response.output_audio.done",
                        "response.output_audio_transcript.done",
                        "response.content_part.done",
                        "conversation.item.done",
                        "response.output_item.done",
                        "response.done",
                        "rate_limits.updated",
                        "input_audio_buffer.speech_stopped");
        JsonObject done = client.last("response.done");
        assertThat(at(done, "response", "status_details"))
                .isEqualTo("{\"type\":\"cancelled\",\"reason\":\"turn_detected\"}");
        assertThat(at(done, "response", "output", 0, "status")).isEqualTo("incomplete");
    }

    @Test
    void speechBeforeAnyOutputEndsAnEmptyResponse() {
        server.enqueue(ScriptedResponse.never());
        client.say("{'type':'response.create'}");
        client.types();
        client.append(speech("Oh"));
        client.append(speech("and another thing"));
        assertThat(client.types().subList(0, 2)).containsExactly("input_audio_buffer.speech_started", "response.done");
        assertThat(at(client.first("response.done"), "response", "usage", "total_tokens"))
                .isEqualTo("0");
    }

    @Test
    void outOfBandResponsesAreNotInterrupted() {
        server.enqueue(ScriptedResponse.never());
        client.say("{'type':'response.create','response':{'conversation':'none'}}");
        client.append(speech("Good morning"));
        assertThat(client.types()).doesNotContain("response.done");
    }

    @Test
    void withoutInterruptionTheTurnWaitsForTheRunningResponse() {
        update("'turn_detection':{'type':'server_vad','interrupt_response':false}");
        server.enqueue(ScriptedResponse.never(), ScriptedResponse.text("And now to you."));
        client.say("{'type':'response.create'}");
        client.append(speech("Good morning"));
        client.append(silence(600));
        client.types();
        client.say("{'type':'response.cancel'}");
        assertThat(client.types()).startsWith("response.done", "response.created");
    }

    @Test
    void pushToTalkCommitsAndStartsNoResponse() {
        update("'turn_detection':null");
        client.append(silence(99));
        client.say("{'type':'input_audio_buffer.commit'}");
        assertThat(client.error())
                .containsExactly(
                        "input_audio_buffer_commit_empty",
                        "Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but"
                                + " buffer only has 99.00ms of audio.",
                        "null");
        client.types();
        client.append(silence(1));
        client.say("{'type':'input_audio_buffer.commit'}");
        assertThat(client.types()).isEqualTo(COMMIT);
        client.append(silence(500));
        client.say("{'type':'input_audio_buffer.clear'}");
        assertThat(client.types()).containsExactly("input_audio_buffer.cleared");
        client.say("{'type':'input_audio_buffer.commit'}");
        assertThat(client.error().get(1)).endsWith("but buffer only has 0.00ms of audio.");
    }

    @Test
    void theClientMayCommitInTheMiddleOfATurn() {
        byte[] sound = speech("Good morning to you");
        client.append(Arrays.copyOf(sound, sound.length - 400 * 48));
        String itemId = at(client.last("input_audio_buffer.speech_started"), "item_id");
        client.types();
        client.say("{'type':'input_audio_buffer.commit'}");
        assertThat(client.types()).isEqualTo(COMMIT);
        assertThat(at(client.last("input_audio_buffer.committed"), "item_id")).isEqualTo(itemId);
        client.append(silence(2_000));
        assertThat(client.types()).isEmpty();
    }

    @Test
    void silenceAfterAResponseTriggersTheIdleTimeout() {
        update("'turn_detection':{'type':'server_vad','idle_timeout_ms':5000}");
        server.enqueue(ScriptedResponse.text("Hello!"), ScriptedResponse.text("Still there?"));
        client.say("{'type':'response.create'}");
        time.advance(Duration.ofSeconds(2));
        assertThat(client.types()).endsWith("rate_limits.updated");
        client.append(silence(3_000));
        time.advance(Duration.ofSeconds(6));
        assertThat(client.types())
                .startsWith("input_audio_buffer.timeout_triggered")
                .containsSubsequence(COMMIT)
                .contains("response.created");
        assertThat(at(client.last("input_audio_buffer.timeout_triggered"), "audio_end_ms"))
                .isEqualTo("3000");
    }

    @Test
    void silenceThatComesFasterThanTimeCountsToo() {
        update("'turn_detection':{'type':'server_vad','idle_timeout_ms':5000}");
        server.enqueue(ScriptedResponse.text("Hello!"));
        client.say("{'type':'response.create'}");
        time.advance(Duration.ofSeconds(2));
        client.types();
        client.append(silence(8_000));
        assertThat(client.types()).startsWith("input_audio_buffer.timeout_triggered");
    }

    @Test
    void telephoneAudioIsHeardToo() {
        for (AudioFormat format : List.of(AudioFormat.PCMU, AudioFormat.PCMA)) {
            update("'format':{'type':'" + format.type() + "'},'turn_detection':{'type':'server_vad',"
                    + "'create_response':false}");
            AudioEncoder encoder = new AudioEncoder(format, 24_000);
            short[] heard = Pcm16.toSamples(speech("Good morning to you"));
            client.append(encoder.encode(heard).toByteArray());
            client.append(encoder.encode(new short[24_000]).toByteArray());
            assertThat(client.types()).endsWith(COMMIT.toArray(String[]::new));
        }
    }

    @Test
    void transcriptsComeBesideTheResponse() {
        transcriber.enqueue("Hello, my name is Marcelo.");
        update("'transcription':{'model':'gpt-realtime-whisper'},'turn_detection':{'type':'server_vad',"
                + "'create_response':false}");
        client.append(speech("Good morning my name is"));
        client.append(silence(600));
        JsonObject completed = client.last("conversation.item.input_audio_transcription.completed");
        assertThat(at(completed, "transcript")).isEqualTo("Hello, my name is Marcelo.");
        assertThat(at(completed, "usage", "type")).isEqualTo("duration");
        assertThat(at(client.first("conversation.item.input_audio_transcription.delta"), "delta"))
                .isEqualTo(" Hello");
        client.say("{'type':'conversation.item.retrieve','item_id':'" + at(completed, "item_id") + "'}");
        assertThat(at(client.last("conversation.item.retrieved"), "item", "content", 0, "transcript"))
                .isEqualTo("Hello, my name is Marcelo.");
    }

    @Test
    void whisperTellsWordsWhileTheyAreSaid() {
        String delta = "conversation.item.input_audio_transcription.delta";
        transcriber.enqueue("Hello, my name is Marcelo.");
        update("'transcription':{'model':'gpt-realtime-whisper'},'turn_detection':{'type':'server_vad',"
                + "'create_response':false}");
        byte[] sound = speechThatGoesOn();
        for (int from = 0; from < sound.length; from += 4_800) {
            client.append(Arrays.copyOfRange(sound, from, Math.min(sound.length, from + 4_800)));
        }
        assertThat(client.types()).containsExactly("input_audio_buffer.speech_started", delta);
        String itemId = at(client.last("input_audio_buffer.speech_started"), "item_id");
        assertThat(at(client.first(delta), "item_id")).isEqualTo(itemId);
        assertThat(at(client.first(delta), "delta")).isEqualTo(" Hello");
        client.append(silence(600));
        assertThat(liveTranscript()).isEqualTo(" Hello, my name is Marcelo.");
        assertThat(client.last("conversation.item.input_audio_transcription.completed")
                        .string("transcript"))
                .isEqualTo("Hello, my name is Marcelo.");
    }

    private String liveTranscript() {
        return client.all().stream()
                .filter(event -> "conversation.item.input_audio_transcription.delta".equals(event.string("type")))
                .map(event -> event.string("delta"))
                .collect(Collectors.joining());
    }

    /** Without the pause at its end. */
    private static byte[] speechThatGoesOn() {
        byte[] sound = speech("Good morning my name is");
        return Arrays.copyOf(sound, sound.length - 300 * 48);
    }

    @Test
    void aTranscriptThatChangesItsMindIsRightInTheEnd() {
        transcriber.enqueue("Recognise speech").enqueue("Wreck a nice beach");
        update("'transcription':{'model':'gpt-realtime-whisper'}");
        client.append(speechThatGoesOn());
        transcriber.transcribe(AudioBytes.EMPTY, AudioFormat.PCM16_24KHZ);
        client.append(silence(600));
        assertThat(client.last("conversation.item.input_audio_transcription.completed")
                        .string("transcript"))
                .isEqualTo("Wreck a nice beach");
        assertThat(liveTranscript()).isEqualTo(" Recognise speech");
    }

    @Test
    void transcriptionSessionsTranscribeAndDoNotAnswer() {
        transcriber.enqueue("Note this.");
        TestClient dictation = TestClient.connect(server, "?intent=transcription");
        JsonObject created = dictation.first("session.created");
        assertThat(at(created, "session", "object")).isEqualTo("realtime.transcription_session");
        assertThat(List.copyOf(Members.at(created, "session").members().keySet()))
                .containsExactly("type", "object", "id", "expires_at", "audio", "include");
        dictation.say("{'type':'session.update','session':{'type':'transcription','audio':{'input':{'transcription':{"
                + "'model':'gpt-4o-transcribe'}}},'include':['item.input_audio_transcription.logprobs']}}");
        dictation.types();
        dictation.append(speech("Good morning to you"));
        dictation.append(silence(600));
        assertThat(dictation.types())
                .contains("conversation.item.input_audio_transcription.completed")
                .doesNotContain("response.created", "rate_limits.updated");
        JsonObject completed = dictation.last("conversation.item.input_audio_transcription.completed");
        assertThat(at(completed, "logprobs", 0, "token")).isEqualTo("Note");
        assertThat(at(completed, "usage", "type")).isEqualTo("tokens");
        dictation.say("{'type':'response.create'}");
        assertThat(dictation.error().get(2)).isEqualTo("type");
    }
}
