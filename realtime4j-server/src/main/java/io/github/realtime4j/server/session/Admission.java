package io.github.realtime4j.server.session;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.server.http.ClientSecrets;
import io.github.realtime4j.server.http.ClientSecrets.Secret;
import io.github.realtime4j.server.http.Credentials;
import io.github.realtime4j.server.usage.ModelCard;
import io.github.realtime4j.server.usage.Models;
import io.github.realtime4j.server.validation.Refusal;
import io.github.realtime4j.server.validation.ServiceErrors;
import io.github.realtime4j.server.validation.SessionKind;
import io.github.realtime4j.transport.Handshake;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in, and to what kind of session: the key, the model, the dialect. Decided after the 101, as the service
 * does. Safe for any thread.
 */
public final class Admission {
    private static final String SECRET = "ek_";
    private static final String TRANSLATE = "gpt-realtime-translate";

    private final Set<String> keys;
    private final ClientSecrets secrets;
    private final Dialect dialect;
    private final boolean anyModel;

    /**
     * @param keys let in; empty for every key
     * @param anyModel whether a model that nobody knows is taken for a realtime model: deployments, fine-tuned ones
     */
    public Admission(Set<String> keys, ClientSecrets secrets, Dialect dialect, boolean anyModel) {
        this.keys = Set.copyOf(keys);
        this.secrets = secrets;
        this.dialect = dialect;
        this.anyModel = anyModel;
    }

    /**
     * Whether an API key is good.
     *
     * @param keys that are; empty for every key, but for client secrets: those are only as good as they say they are
     */
    public static boolean isKey(Set<String> keys, String key) {
        return keys.isEmpty() ? !key.isEmpty() && !key.startsWith(SECRET) : keys.contains(key);
    }

    /** The outcome: a session, or a refusal to tell. */
    sealed interface Decision {
        /**
         * Come in.
         *
         * @param defaults of the client secret; empty for an API key
         */
        record Session(SessionKind kind, ModelCard model, JsonObject defaults) implements Decision {}

        /** Go away. */
        record Refused(Refusal refusal) implements Decision {}
    }

    Decision decide(Handshake handshake) {
        Refusal refusal = refusal(handshake);
        if (refusal != null) {
            return new Decision.Refused(refusal);
        }
        Secret secret =
                secrets.find(String.valueOf(Credentials.of(handshake).key())).orElse(null);
        return session(handshake, secret == null ? JsonObject.EMPTY : secret.session());
    }

    /** Null for a client that may come in, to whatever there is. */
    @Nullable
    Refusal refusal(Handshake handshake) {
        Credentials credentials = Credentials.of(handshake);
        String key = credentials.key();
        if (key == null || key.isEmpty()) {
            return ServiceErrors.missingKey();
        } else if (secrets.find(key).isEmpty() && !isKey(keys, key)) {
            return ServiceErrors.invalidApiKey(key);
        }
        return credentials.beta() && dialect == Dialect.GA ? ServiceErrors.betaDisabled() : null;
    }

    /** Whether sessions may have this model. */
    boolean isModel(String model) {
        return Models.isRealtime(model) || (anyModel && !Models.isTranscription(model));
    }

    private Decision session(Handshake handshake, JsonObject defaults) {
        Query query = Query.of(handshake.uri());
        String path = handshake.uri().getPath();
        if ("transcription".equals(query.value("intent")) || "transcription".equals(defaults.string("type"))) {
            ModelCard card = Models.realtime("gpt-realtime");
            return new Decision.Session(SessionKind.TRANSCRIPTION, card, defaults);
        } else if (path != null && path.endsWith("/translations")) {
            ModelCard card = Models.find(TRANSLATE);
            return new Decision.Session(
                    SessionKind.TRANSLATION, card == null ? Models.realtime(TRANSLATE) : card, defaults);
        }
        String model = firstOf(defaults.string("model"), query.value("model"), query.value("deployment"));
        if (model == null || model.isEmpty()) {
            return new Decision.Refused(ServiceErrors.missingModel());
        } else if (Models.isTranscription(model)) {
            return new Decision.Refused(ServiceErrors.transcriptionModelAsSessionModel(model));
        } else if (!isModel(model)) {
            return new Decision.Refused(ServiceErrors.unknownModel(model));
        }
        return new Decision.Session(SessionKind.REALTIME, Models.realtime(model), defaults);
    }

    private static @Nullable String firstOf(@Nullable String... values) {
        for (String value : values) {
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
