package io.github.realtime4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.Model;
import io.github.realtime4j.transport.Handshake.Header;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EndpointTest {
    private static final String KEY = "sk-test";

    @Test
    void openai() {
        Endpoint endpoint = Endpoint.openai();
        assertThat(endpoint.uri()).hasToString("wss://api.openai.com/v1/realtime?model=gpt-realtime-2.1");
        assertThat(endpoint.headers(KEY)).containsExactly(new Header("Authorization", "Bearer sk-test"));
        assertThat(endpoint.dialect()).isEqualTo(Dialect.GA);
        assertThat(endpoint.greets()).isTrue();
    }

    @Test
    void openaiWithAnotherModel() {
        assertThat(Endpoint.openai().model(Model.GPT_REALTIME_MINI).uri())
                .hasToString("wss://api.openai.com/v1/realtime?model=gpt-realtime-mini");
    }

    @Test
    void transcriptionNamesNoModel() {
        assertThat(Endpoint.openai().transcription().uri())
                .hasToString("wss://api.openai.com/v1/realtime?intent=transcription");
    }

    @Test
    void translationHasAPathAndAModelOfItsOwn() {
        assertThat(Endpoint.openai().translation().uri())
                .hasToString("wss://api.openai.com/v1/realtime/translations?model=gpt-realtime-translate");
    }

    @Test
    void callNamesNoModelAndSendsNoGreeting() {
        Endpoint endpoint = Endpoint.call("rtc_u0_123");
        assertThat(endpoint.uri()).hasToString("wss://api.openai.com/v1/realtime?call_id=rtc_u0_123");
        assertThat(endpoint.headers(KEY)).containsExactly(new Header("Authorization", "Bearer sk-test"));
        assertThat(endpoint.greets()).isFalse();
    }

    @Test
    void azure() {
        Endpoint endpoint = Endpoint.azure("my-resource", "my deployment");
        assertThat(endpoint.uri())
                .hasToString("wss://my-resource.openai.azure.com/openai/v1/realtime?model=my%20deployment");
        assertThat(endpoint.headers(KEY)).containsExactly(new Header("api-key", KEY));
        assertThat(endpoint.dialect()).isEqualTo(Dialect.GA);
    }

    @Test
    void azureInASovereignCloudIsNamedByItsHost() {
        assertThat(Endpoint.azure("my-resource.openai.azure.us", "d").uri())
                .hasToString("wss://my-resource.openai.azure.us/openai/v1/realtime?model=d");
    }

    @Test
    void azureWithAnEntraToken() {
        assertThat(Endpoint.azure("my-resource", "d").bearer().headers(KEY))
                .containsExactly(new Header("Authorization", "Bearer sk-test"));
    }

    @Test
    void azureCall() {
        assertThat(Endpoint.azure("my-resource", "d").forCall("rtc_1").uri())
                .hasToString("wss://my-resource.openai.azure.com/openai/v1/realtime?call_id=rtc_1");
    }

    @Test
    void azureLegacySpeaksBetaWithoutTheBetaHeader() {
        Endpoint endpoint = Endpoint.azureLegacy("my-resource", "d", "2025-04-01-preview");
        assertThat(endpoint.uri())
                .hasToString("wss://my-resource.openai.azure.com/openai/realtime"
                        + "?api-version=2025-04-01-preview&deployment=d");
        assertThat(endpoint.headers(KEY)).containsExactly(new Header("api-key", KEY));
        assertThat(endpoint.dialect()).isEqualTo(Dialect.BETA);
    }

    @ParameterizedTest
    @CsvSource({
        "https://host/v1,                     wss://host/v1/realtime?model=gpt-realtime-2.1",
        "https://host/v1/,                    wss://host/v1/realtime?model=gpt-realtime-2.1",
        "http://127.0.0.1:8080/v1,            ws://127.0.0.1:8080/v1/realtime?model=gpt-realtime-2.1",
        "HTTP://host/v1?tenant=a,             ws://host/v1/realtime?tenant=a&model=gpt-realtime-2.1",
        "ws://127.0.0.1:8080/v1/realtime,     ws://127.0.0.1:8080/v1/realtime?model=gpt-realtime-2.1",
        "wss://host/x/realtime?model=mine,    wss://host/x/realtime?model=mine",
        "wss://host/realtime?a=b&deployment=d, wss://host/realtime?a=b&deployment=d",
        "wss://host/realtime?intent=transcription, wss://host/realtime?intent=transcription",
        "wss://host/realtime?call_id=rtc_1,   wss://host/realtime?call_id=rtc_1",
    })
    void customAddsOnlyWhatIsMissing(URI given, String expected) {
        assertThat(Endpoint.custom(given).uri()).hasToString(expected);
    }

    @Test
    void customSendsTheBetaHeaderOnlyInTheBetaDialect() {
        Endpoint ga = Endpoint.custom(URI.create("wss://host/v1/realtime"));
        assertThat(ga.headers(KEY)).containsExactly(new Header("Authorization", "Bearer sk-test"));
        assertThat(ga.dialect(Dialect.BETA).headers(KEY))
                .containsExactly(
                        new Header("Authorization", "Bearer sk-test"), new Header("OpenAI-Beta", "realtime=v1"));
        assertThat(ga.headers(null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ftp://host/v1", "host/v1", "/v1/realtime", "https:///v1"})
    void customWantsAHostAndAKnownScheme(URI given) {
        assertThatThrownBy(() -> Endpoint.custom(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected https://host/v1 or wss://host/v1/realtime but was " + given);
    }

    @ParameterizedTest
    @CsvSource({
        "wss://host/v1/realtime,                      https://host/v1/realtime/calls",
        "ws://127.0.0.1:80/v1/realtime?model=m,       http://127.0.0.1:80/v1/realtime/calls",
        "https://host/v1?tenant=a,                    https://host/v1/realtime/calls?tenant=a",
        "wss://host/v1/realtime?a=b&call_id=rtc_1&c,  https://host/v1/realtime/calls?a=b&c",
        "wss://host/v1/realtime/translations?model=m, https://host/v1/realtime/calls",
        "WSS://user@host/x/realtime/,                 https://user@host/x/realtime/calls",
    })
    void restIsBesideTheSocket(URI socket, String rest) {
        assertThat(Endpoint.custom(socket).rest("calls")).hasToString(rest);
    }

    @Test
    void restOfTheServicesIsBesideTheirSockets() {
        Endpoint openai = Endpoint.openai();
        assertThat(openai.rest("client_secrets")).hasToString("https://api.openai.com/v1/realtime/client_secrets");
        assertThat(openai.translation().rest("translations/client_secrets"))
                .hasToString("https://api.openai.com/v1/realtime/translations/client_secrets");
        assertThat(openai.transcription().rest("client_secrets"))
                .hasToString("https://api.openai.com/v1/realtime/client_secrets");
        assertThat(openai.forCall("rtc_1").rest("calls/rtc_1/hangup"))
                .hasToString("https://api.openai.com/v1/realtime/calls/rtc_1/hangup");
        assertThat(Endpoint.azure("res", "dep").rest("calls"))
                .hasToString("https://res.openai.azure.com/openai/v1/realtime/calls");
    }

    @Test
    void whereThereIsNoRestItSaysSo() {
        Endpoint elsewhere = Endpoint.custom(URI.create("wss://host/socket"));
        assertThatThrownBy(() -> elsewhere.rest("calls"))
                .isInstanceOf(RequestFailedException.class)
                .hasMessage(
                        "No REST at Endpoint[wss://host/socket?model=gpt-realtime-2.1, GA]: it is looked for beside an"
                                + " address that ends with /realtime");
    }

    @Test
    void credentialsInAUriAreNotPrinted() {
        Endpoint endpoint = Endpoint.custom(URI.create("wss://user:secret@host/v1/realtime"));
        assertThat(endpoint.toString()).doesNotContain("secret");
        assertThat(endpoint.headers(KEY).toString()).doesNotContain(KEY);
    }
}
