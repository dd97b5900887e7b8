package io.github.realtime4j.server.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.realtime4j.protocol.ErrorCode;
import io.github.realtime4j.protocol.ErrorDetail;
import org.junit.jupiter.api.Test;

final class ServiceErrorsTest {

    @Test
    void refusalsCloseWithTypeAndCode() {
        assertThat(ServiceErrors.invalidApiKey("sk-proj-0123456789AAAA").closeReason())
                .isEqualTo("invalid_request_error.invalid_api_key");
        assertThat(ServiceErrors.invalidApiKey("sk-1").closeCode()).isEqualTo(3000);
        assertThat(ServiceErrors.missingKey().closeReason()).isEqualTo("invalid_request_error");
        assertThat(ServiceErrors.insufficientQuota().closeReason()).isEqualTo("insufficient_quota.insufficient_quota");
        assertThat(ServiceErrors.insufficientQuota().closeCode()).isEqualTo(1013);
        assertThat(ServiceErrors.betaDisabled().closeCode()).isEqualTo(4000);
    }

    @Test
    void aWrongKeyIsNotRepeated() {
        String key = "sk-proj-verysecretpart-AAAA";

        assertThat(ServiceErrors.invalidApiKey(key).error().message())
                .contains("sk-proj-***AAAA")
                .doesNotContain("verysecret");
        assertThat(ServiceErrors.invalidApiKey("shortsecret").error().message()).doesNotContain("secret");
    }

    @Test
    void stateErrorsAreInTheServicesWords() {
        assertThat(ServiceErrors.activeResponse("resp_1").message())
                .isEqualTo("Conversation already has an active response in progress: resp_1. Wait until the response is"
                        + " finished before creating a new one.");
        assertThat(ServiceErrors.commitTooSmall(0).message())
                .isEqualTo("Error committing input audio buffer: buffer too small. Expected at least 100ms of audio,"
                        + " but buffer only has 0.00ms of audio.");
        assertThat(ServiceErrors.truncateBeyondAudio(9250, 57_340).message())
                .isEqualTo("Audio content of 9250ms is already shorter than 57340ms");
        assertThat(ServiceErrors.deleteMissingItem("X").message())
                .isEqualTo("Error deleting item: the item with id 'X' does not exist.");
        assertThat(ServiceErrors.deleteMissingItem("X").code()).isEqualTo(ErrorCode.ITEM_DELETE_INVALID_ITEM_ID);
        assertThat(ServiceErrors.unknownPreviousItem("X").message())
                .isEqualTo("Error adding item: the previous item with id 'X' does not exist.");
        assertThat(ServiceErrors.duplicateItem("X").message())
                .isEqualTo("Error adding item: an item with id 'X' already exists.");
    }

    @Test
    void rateLimitNamesTheNumbers() {
        ErrorDetail error = ServiceErrors.rateLimited("gpt-realtime", 40_000, 40_000, 3_188, 4.782);

        assertThat(error.type()).isEqualTo("tokens");
        assertThat(error.message()).contains("Limit 40000, Used 40000, Requested 3188. Please try again in 4.782s.");
    }

    @Test
    void theEventIdIsAddedWithoutChangingTheRest() {
        ErrorDetail error = ServiceErrors.forEvent(ServiceErrors.cancelNotActive(), "event_1");

        assertThat(error.eventId()).isEqualTo("event_1");
        assertThat(error.code()).isEqualTo(ErrorCode.RESPONSE_CANCEL_NOT_ACTIVE);
    }

    @Test
    void theHttpBodyIsThatOfTheRestApi() {
        assertThat(ServiceErrors.httpBody(ServiceErrors.unknown("session.modalities"))
                        .toString())
                .isEqualTo(
                        "{\"error\":{\"message\":\"Unknown parameter: 'session.modalities'.\",\"type\":"
                                + "\"invalid_request_error\",\"param\":\"session.modalities\",\"code\":\"unknown_parameter\"}}");
    }
}
