package io.github.realtime4j.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.realtime4j.protocol.Dialect;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes at all: an event or a {@link DecodeException}, the same on both ways, and what was taken can be written and
 * read again. The fixtures are the seeds. The ordinary build only repeats them; to look for more:
 *
 * <pre>JAZZER_FUZZ=1 mvn verify -pl realtime4j-core -Dtest=DecoderFuzzTest -Djazzer.hooks=true</pre>
 */
final class DecoderFuzzTest {
    /** The first byte says which dialect and direction, the rest is the message. */
    static Stream<Arguments> seeds() {
        return Fixtures.events().map(fixture -> {
            byte[] message = fixture.utf8();
            byte[] seed = new byte[message.length + 1];
            seed[0] = (byte) ((fixture.dialect() == Dialect.BETA ? 1 : 0) + (fixture.fromClient() ? 2 : 0));
            System.arraycopy(message, 0, seed, 1, message.length);
            return Arguments.of((Object) seed);
        });
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "4m")
    void anyBytesBecomeAnEventOrARefusal(byte[] input) {
        if (input == null || input.length == 0) {
            return;
        }
        Dialect dialect = (input[0] & 1) == 0 ? Dialect.GA : Dialect.BETA;
        boolean fromClient = (input[0] & 2) != 0;
        Object event = MutationTest.agree(dialect, fromClient, Arrays.copyOfRange(input, 1, input.length));
        if (event != null && dialect == Dialect.GA) {
            writeAndReadAgain(event, fromClient);
        }
    }

    private static void writeAndReadAgain(Object event, boolean fromClient) {
        assertThat(Wire.decode(Dialect.GA, fromClient, Wire.encode(Dialect.GA, event)))
                .isEqualTo(event);
    }
}
