package io.github.realtime4j.benchmarks;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.codec.EventCodec;
import io.github.realtime4j.protocol.ClientEvent;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.ServerEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The codec alone. The floor beside each audio measurement is what cannot be avoided: the JDK's Base64 and one copy of
 * the message.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CodecBenchmark {
    /** 100 ms of 24 kHz PCM. */
    private static final int DELTA_BYTES = 4_800;

    /** 20 ms of 24 kHz PCM. */
    private static final int APPEND_BYTES = 960;

    private final EventCodec codec = EventCodec.of(Dialect.GA);
    private final byte[] delta = audioDelta();
    private final int base64Start = text(delta).indexOf("\"delta\":\"") + 9;
    private final byte[] transcriptDelta = bytes("{\"type\":\"response.output_audio_transcript.delta\","
            + "\"event_id\":\"event_E4AmeZUMaOfDkvGZp5t2B\",\"response_id\":\"resp_E4AmexTcfhrLsJgxHePcZ\","
            + "\"item_id\":\"item_E4AmeR6T4h9LkwrfSTCJu\",\"output_index\":0,\"content_index\":0,"
            + "\"delta\":\" there\",\"obfuscation\":\"VfapyZOOgO\"}");
    private final byte[] done = bytes("{\"type\":\"response.done\",\"event_id\":\"event_E4AmeZUMaOfDkvGZp5t2B\","
            + "\"response\":{\"object\":\"realtime.response\",\"id\":\"resp_E4AmexTcfhrLsJgxHePcZ\","
            + "\"status\":\"completed\",\"status_details\":null,\"output\":[{\"id\":\"item_E4AmeR6T4h9LkwrfSTCJu\","
            + "\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":[{"
            + "\"type\":\"output_audio\",\"transcript\":\"Hello there! Great to meet you.\"}]}],"
            + "\"conversation_id\":\"conv_E4Ame66SYK5zLj9vNvc1p\",\"output_modalities\":[\"audio\"],"
            + "\"max_output_tokens\":\"inf\",\"audio\":{\"output\":{\"format\":{\"type\":\"audio/pcm\",\"rate\":24000},"
            + "\"voice\":\"marin\"}},\"usage\":{\"total_tokens\":120,\"input_tokens\":80,\"output_tokens\":40,"
            + "\"input_token_details\":{\"text_tokens\":80,\"audio_tokens\":0,\"image_tokens\":0,\"cached_tokens\":64,"
            + "\"cached_tokens_details\":{\"text_tokens\":64,\"audio_tokens\":0,\"image_tokens\":0}},"
            + "\"output_token_details\":{\"text_tokens\":10,\"audio_tokens\":30}},\"metadata\":null}}");
    private final AudioBytes pcm = AudioBytes.wrap(noise(APPEND_BYTES));
    private final byte[] appendPrefix = bytes("{\"type\":\"input_audio_buffer.append\",\"audio\":\"");

    private static byte[] audioDelta() {
        return bytes("{\"type\":\"response.output_audio.delta\",\"event_id\":\"event_E4AmejT5HUcn7t8cuPYtR\","
                + "\"response_id\":\"resp_E4AmexTcfhrLsJgxHePcZ\",\"item_id\":\"item_E4AmeR6T4h9LkwrfSTCJu\","
                + "\"output_index\":0,\"content_index\":0,\"delta\":\""
                + Base64.getEncoder().encodeToString(noise(DELTA_BYTES))
                + "\"}");
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(7).nextBytes(noise);
        return noise;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    @Benchmark
    public ServerEvent audioDeltaToPcm() {
        return codec.decodeServerEvent(ByteBuffer.wrap(delta));
    }

    @Benchmark
    public ByteBuffer audioDeltaToPcmFloor() {
        byte[] copy = Arrays.copyOf(delta, delta.length);
        return Base64.getDecoder().decode(ByteBuffer.wrap(copy, base64Start, copy.length - base64Start - 2));
    }

    @Benchmark
    public ByteBuffer[] appendToWireBytes() {
        return codec.encode(new ClientEvent.InputAudioBufferAppend(pcm), null);
    }

    @Benchmark
    public byte[] appendToWireBytesFloor() {
        byte[] base64 = pcm.toBase64();
        byte[] message = new byte[appendPrefix.length + base64.length + 2];
        System.arraycopy(appendPrefix, 0, message, 0, appendPrefix.length);
        System.arraycopy(base64, 0, message, appendPrefix.length, base64.length);
        message[message.length - 2] = '"';
        message[message.length - 1] = '}';
        return message;
    }

    @Benchmark
    public ServerEvent transcriptDelta() {
        return codec.decodeServerEvent(ByteBuffer.wrap(transcriptDelta));
    }

    @Benchmark
    public ServerEvent responseDone() {
        return codec.decodeServerEvent(ByteBuffer.wrap(done));
    }
}
