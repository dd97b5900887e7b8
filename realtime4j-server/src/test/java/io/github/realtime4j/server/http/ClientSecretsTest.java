package io.github.realtime4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.transport.Handshake.Header;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientSecretsTest {
    private static final Instant START = Instant.ofEpochSecond(1_800_000_000);

    private Instant now = START.plusMillis(999);

    private final ClientSecrets secrets = new ClientSecrets("sk-right"::equals, ClientSecretsTest::echo, () -> now);

    private static JsonObject echo(boolean translation, JsonObject session) {
        if (session.has("modalities")) {
            throw RestException.invalidRequest(
                    400, ErrorCode.UNKNOWN_PARAMETER, "Unknown parameter: 'session.modalities'.", "session.modalities");
        }
        return session.with("id", translation ? "sess_translation" : "sess_1").with("expires_at", 0);
    }

    private RestAnswer post(String path, String authorization, String body) {
        List<Header> headers = authorization == null ? List.of() : List.of(new Header("Authorization", authorization));
        try {
            return secrets.handle(new RestRequest("POST", path, "", headers, body));
        } catch (RestException e) {
            return e.answer();
        }
    }

    private JsonObject mint(String body) {
        RestAnswer answer = post(ClientSecrets.PATH, "Bearer sk-right", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JsonObject.parse(answer.body());
    }

    private static JsonObject error(RestAnswer answer) {
        JsonObject error = JsonObject.parse(answer.body()).object("error");
        assertThat(error).isNotNull();
        return error;
    }

    @Test
    void aSecretIsAnsweredWithItsExpiryAndTheSessionItStarts() {
        JsonObject answer = mint("{\"session\":{\"type\":\"realtime\",\"model\":\"gpt-realtime\"}}");

        assertThat(answer.members().keySet()).containsExactly("value", "expires_at", "session");
        assertThat(answer.string("value")).matches("ek_[0-9a-f]{32}");
        assertThat(answer.get("expires_at")).hasToString("1800000600");
        assertThat(answer.object("session"))
                .hasToString("{\"type\":\"realtime\",\"model\":\"gpt-realtime\",\"id\":\"sess_1\",\"expires_at\":0}");
    }

    @Test
    void aSecretStartsSeveralSessionsUntilItExpires() {
        String value = mint("{\"expires_after\":{\"anchor\":\"created_at\",\"seconds\":10},"
                        + "\"session\":{\"model\":\"gpt-realtime\"}}")
                .string("value");

        assertThat(secrets.find(value)).hasValueSatisfying(secret -> {
            assertThat(secret.session().string("model")).isEqualTo("gpt-realtime");
            assertThat(secret.translation()).isFalse();
            assertThat(secret.toString()).doesNotContain(value);
        });
        assertThat(secrets.find(value)).isPresent();
        now = START.plusSeconds(10).minusMillis(1);
        assertThat(secrets.find(value)).isPresent();
        now = START.plusSeconds(10);
        assertThat(secrets.find(value)).isEmpty();
        assertThat(secrets.find("ek_unknown")).isEmpty();
    }

    @Test
    void secretsDifferAndAnEmptyBodyIsADefaultSession() {
        assertThat(mint("").string("value"))
                .isNotEqualTo(mint("{\"session\":null}").string("value"));
    }

    @Test
    void theTranslationPathMintsForTranslation() {
        RestAnswer answer = post(ClientSecrets.TRANSLATION_PATH, "Bearer sk-right", "{}");

        JsonObject body = JsonObject.parse(answer.body());
        assertThat(body.object("session").string("id")).isEqualTo("sess_translation");
        assertThat(secrets.find(body.string("value")))
                .hasValueSatisfying(secret -> assertThat(secret.translation()).isTrue());
    }

    @Test
    void withoutAKeyTheAnswerIs401() {
        RestAnswer answer = post(ClientSecrets.PATH, null, "{}");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body())
                .isEqualTo("{\"error\":{\"message\":\"Missing bearer or basic authentication in header\","
                        + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}");
    }

    @Test
    void aWrongKeyIsMaskedInTheAnswer() {
        String wrong = "sk-proj-0123456789abcdefghijklAAAA";
        RestAnswer answer = post(ClientSecrets.PATH, "Bearer " + wrong, "{}");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(error(answer).string("code")).isEqualTo("invalid_api_key");
        assertThat(error(answer).string("message"))
                .isEqualTo("Incorrect API key provided: sk-proj-***AAAA. You can find your API key at"
                        + " https://platform.openai.com/account/api-keys.");
        assertThat(ClientSecrets.masked("short")).isEqualTo("***");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                                        | invalid_json            |                       | Invalid body: failed to parse JSON value.",
                "[]                                       | invalid_type            |                       | Invalid type for body: expected an object, but got an array instead.",
                "{\"ttl\":1}                              | unknown_parameter       | ttl                   | Unknown parameter: 'ttl'.",
                "{\"session\":3}                          | invalid_type            | session               | Invalid type for 'session': expected an object, but got an integer instead.",
                "{\"session\":{\"modalities\":[]}}        | unknown_parameter       | session.modalities    | Unknown parameter: 'session.modalities'.",
                "{\"expires_after\":{\"x\":1}}            | unknown_parameter       | expires_after.x       | Unknown parameter: 'expires_after.x'.",
                "{\"expires_after\":{\"anchor\":\"now\"}} | invalid_value           | expires_after.anchor  | Invalid value: 'now'. Value must be 'created_at'.",
                "{\"expires_after\":{\"seconds\":\"9\"}}  | invalid_type            | expires_after.seconds | Invalid type for 'expires_after.seconds': expected an integer, but got a string instead.",
                "{\"expires_after\":{\"seconds\":10.5}}   | invalid_type            | expires_after.seconds | but got a decimal number instead.",
                "{\"expires_after\":{\"seconds\":9}}      | integer_below_min_value | expires_after.seconds | Invalid 'expires_after.seconds': integer below minimum value. Expected a value >= 10, but got 9 instead.",
                "{\"expires_after\":{\"seconds\":7201}}   | integer_above_max_value | expires_after.seconds | Expected a value <= 7200, but got 7201 instead.",
                "{\"expires_after\":{\"seconds\":1e999}}  | integer_above_max_value | expires_after.seconds | integer above maximum value"
            })
    void aWrongBodyIsRefusedWithThePathOfWhatIsWrong(String body, String code, String param, String message) {
        RestAnswer answer = post(ClientSecrets.PATH, "Bearer sk-right", body.strip());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(error(answer).string("code")).isEqualTo(code);
        assertThat(error(answer).string("param")).isEqualTo(param);
        assertThat(error(answer).string("message")).contains(message);
    }

    @Test
    void memoryIsBoundedAndFreedByExpiry() {
        for (int i = 0; i < 1_000; i++) {
            mint("{}");
        }
        RestException full = catchThrowableOfType(
                RestException.class,
                () -> secrets.handle(new RestRequest(
                        "POST",
                        ClientSecrets.PATH,
                        "",
                        List.of(new Header("authorization", "Bearer sk-right")),
                        "{}")));

        assertThat(full.status()).isEqualTo(429);
        now = START.plusSeconds(600);
        mint("{}");
    }
}
