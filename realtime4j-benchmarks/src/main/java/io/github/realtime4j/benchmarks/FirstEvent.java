package io.github.realtime4j.benchmarks;

import io.github.realtime4j.codec.EventCodec;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.ServerEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * How long the first event takes on a cold JVM, class loading included. Start it several times and take the median.
 *
 * <pre>java -cp 'realtime4j-benchmarks/target/classes:realtime4j-benchmarks/target/lib/*' \
 *     io.github.realtime4j.benchmarks.FirstEvent</pre>
 */
public final class FirstEvent {
    private static final String CREATED = "{\"type\":\"session.created\",\"event_id\":\"event_1\",\"session\":{"
            + "\"type\":\"realtime\",\"object\":\"realtime.session\",\"id\":\"sess_1\",\"model\":\"gpt-realtime\","
            + "\"output_modalities\":[\"audio\"],\"tools\":[],\"tool_choice\":\"auto\",\"max_output_tokens\":\"inf\","
            + "\"tracing\":null,\"expires_at\":1784668572,\"audio\":{\"input\":{\"format\":{\"type\":\"audio/pcm\","
            + "\"rate\":24000},\"turn_detection\":{\"type\":\"server_vad\",\"threshold\":0.5}},\"output\":{\"format\":{"
            + "\"type\":\"audio/pcm\",\"rate\":24000},\"voice\":\"alloy\",\"speed\":1.0}}}}";

    private FirstEvent() {}

    public static void main(String[] arguments) {
        ByteBuffer message = ByteBuffer.wrap(CREATED.getBytes(StandardCharsets.UTF_8));
        long began = System.nanoTime();
        ServerEvent event = EventCodec.of(Dialect.GA).decodeServerEvent(message);
        double millis = (System.nanoTime() - began) / 1e6;
        System.out.printf(Locale.ROOT, "first event (%s) after %.0f ms%n", EventCodec.type(event), millis);
    }
}
