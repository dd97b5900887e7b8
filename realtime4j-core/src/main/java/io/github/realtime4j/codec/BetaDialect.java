package io.github.realtime4j.codec;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonArray;
import io.github.realtime4j.json.JsonValue.JsonNull;
import io.github.realtime4j.json.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The spelling of the protocol before GA, as a translation of names and shapes at the edge of the codec. */
final class BetaDialect {
    private static final Map<String, String> BETA_BY_GA = Map.of(
            "response.output_text.delta", "response.text.delta",
            "response.output_text.done", "response.text.done",
            "response.output_audio.delta", "response.audio.delta",
            "response.output_audio.done", "response.audio.done",
            "response.output_audio_transcript.delta", "response.audio_transcript.delta",
            "response.output_audio_transcript.done", "response.audio_transcript.done",
            "conversation.item.added", "conversation.item.created");

    private static final Map<String, String> GA_BY_BETA = BETA_BY_GA.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private static final String TRANSCRIPTION_UPDATE = "transcription_session.update";
    private static final Map<String, String> TRANSCRIPTION = Map.of(
            TRANSCRIPTION_UPDATE,
            "session.update",
            "transcription_session.created",
            "session.created",
            "transcription_session.updated",
            "session.updated");

    private static final Set<String> GA_ONLY = Set.of("conversation.item.done");

    /** The flat session's fields, and where they live in the nested one. */
    private static final Map<String, List<String>> SESSION_PATHS = Map.of(
            "input_audio_format", List.of("audio", "input", "format"),
            "input_audio_transcription", List.of("audio", "input", "transcription"),
            "input_audio_noise_reduction", List.of("audio", "input", "noise_reduction"),
            "turn_detection", List.of("audio", "input", "turn_detection"),
            "output_audio_format", List.of("audio", "output", "format"),
            "voice", List.of("audio", "output", "voice"),
            "speed", List.of("audio", "output", "speed"));

    private static final Map<String, String> SESSION_NAMES =
            Map.of("modalities", "output_modalities", "max_response_output_tokens", "max_output_tokens");

    private static final Map<String, String> RESPONSE_NAMES = Map.of("modalities", "output_modalities");

    private static final Map<String, JsonObject> FORMATS = Map.of(
            "pcm16", JsonObject.of("type", "audio/pcm", "rate", 24_000),
            "g711_ulaw", JsonObject.of("type", "audio/pcmu"),
            "g711_alaw", JsonObject.of("type", "audio/pcma"));

    private static final Map<String, String> CONTENT_TYPES = Map.of("text", "output_text", "audio", "output_audio");

    private static final List<String> SPOKEN = List.of("text", "audio");

    private BetaDialect() {}

    static String gaName(String beta) {
        return TRANSCRIPTION.getOrDefault(beta, GA_BY_BETA.getOrDefault(beta, beta));
    }

    static String betaName(String ga) {
        return BETA_BY_GA.getOrDefault(ga, ga);
    }

    /** Events that a beta client has never heard of. */
    static boolean isGaOnly(String gaName) {
        return GA_ONLY.contains(gaName);
    }

    /** Whether more than the name of an event changes. */
    static boolean differsInShape(String gaName) {
        return switch (gaName) {
            case "session.created", "session.updated", "session.update" -> true;
            case "response.created", "response.done", "response.create" -> true;
            case "response.output_item.added", "response.output_item.done" -> true;
            default -> gaName.startsWith("conversation.item.");
        };
    }

    static JsonObject toGa(JsonObject event) {
        String beta = String.valueOf(event.string("type"));
        String kind = TRANSCRIPTION.containsKey(beta) ? "transcription" : "realtime";
        JsonObject ga = event.with("type", gaName(beta));
        ga = replace(ga, "session", session -> sessionToGa(session, kind));
        ga = replace(ga, "response", BetaDialect::responseToGa);
        return replace(ga, "item", BetaDialect::itemToGa);
    }

    static byte[] fromGa(byte[] message, String gaName, boolean fromServer) {
        Utf8 text = new Utf8(message, 0, message.length);
        JsonObject event = (JsonObject) JsonValue.parse(text.bytes(), text.start(), text.end());
        JsonObject beta = event.with("type", betaName(gaName));
        JsonObject session = event.object("session");
        if (gaName.equals("session.update") && session != null && "transcription".equals(session.string("type"))) {
            beta = beta.with("type", TRANSCRIPTION_UPDATE);
        }
        if (differsInShape(gaName)) {
            beta = replace(beta, "session", value -> flatten(value.without("type"), SESSION_NAMES, fromServer));
            beta = replace(beta, "response", value -> responseToBeta(value, fromServer));
            beta = replace(beta, "item", BetaDialect::itemToBeta);
        }
        return Utf8.of(beta).bytes();
    }

    private static JsonObject replace(JsonObject event, String name, UnaryOperator<JsonObject> change) {
        JsonObject value = event.object(name);
        return value == null ? event : event.with(name, change.apply(value));
    }

    private static JsonObject sessionToGa(JsonObject session, String kind) {
        JsonObject nested = nest(session, SESSION_NAMES);
        return nested.has("type") ? nested : nested.with("type", kind);
    }

    private static JsonObject responseToGa(JsonObject response) {
        JsonObject nested = nest(response, RESPONSE_NAMES);
        return items(nested, BetaDialect::itemToGa);
    }

    private static JsonObject responseToBeta(JsonObject response, boolean fromServer) {
        return flatten(items(response, BetaDialect::itemToBeta), RESPONSE_NAMES, fromServer);
    }

    private static JsonObject items(JsonObject response, UnaryOperator<JsonObject> change) {
        JsonObject changed = response;
        for (String list : List.of("output", "input")) {
            if (changed.get(list) instanceof JsonArray array) {
                List<JsonValue> items = array.elements().stream()
                        .map(item -> item instanceof JsonObject object ? change.apply(object) : item)
                        .toList();
                changed = changed.with(list, new JsonArray(items));
            }
        }
        return changed;
    }

    /** The flat members of a beta session or response, moved into {@code audio}. */
    private static JsonObject nest(JsonObject flat, Map<String, String> names) {
        JsonObject nested = JsonObject.EMPTY;
        for (Map.Entry<String, JsonValue> member : flat.members().entrySet()) {
            String name = member.getKey();
            List<String> path = SESSION_PATHS.get(name);
            if (path == null) {
                nested = nested.with(names.getOrDefault(name, name), member.getValue());
            } else {
                nested = put(nested, path, name.endsWith("_format") ? format(member.getValue()) : member.getValue());
            }
        }
        return nested;
    }

    private static JsonValue format(JsonValue beta) {
        if (beta instanceof JsonValue.JsonString name) {
            JsonObject known = FORMATS.get(name.value());
            return known == null ? JsonObject.of("type", name.value()) : known;
        }
        return beta;
    }

    private static JsonObject put(JsonObject object, List<String> path, JsonValue value) {
        if (path.size() == 1) {
            return object.with(path.get(0), value);
        }
        JsonObject child = object.object(path.get(0));
        JsonObject changed = put(child == null ? JsonObject.EMPTY : child, path.subList(1, path.size()), value);
        return object.with(path.get(0), changed);
    }

    /** A GA session or response with the members of {@code audio} moved out of it. */
    private static JsonObject flatten(JsonObject nested, Map<String, String> names, boolean fromServer) {
        Map<String, JsonValue> flat = new LinkedHashMap<>();
        nested.forEach((name, value) -> {
            if (!name.equals("audio")) {
                flat.put(name, value);
            }
        });
        names.forEach((beta, ga) -> {
            JsonValue value = flat.remove(ga);
            if (value != null) {
                flat.put(beta, beta.equals("modalities") && !fromServer ? modalities(value) : value);
            }
        });
        SESSION_PATHS.forEach((name, path) -> {
            JsonValue value = find(nested, path);
            if (value != null) {
                flat.put(name, name.endsWith("_format") ? formatName(value) : value);
            }
        });
        return new JsonObject(flat);
    }

    /** A beta server takes audio only together with text. */
    private static JsonValue modalities(JsonValue ga) {
        return ga.equals(JsonValue.of(List.of("audio"))) ? JsonValue.of(SPOKEN) : ga;
    }

    private static JsonValue formatName(JsonValue ga) {
        for (Map.Entry<String, JsonObject> format : FORMATS.entrySet()) {
            if (ga instanceof JsonObject object && sameType(object, format.getValue())) {
                return JsonValue.of(format.getKey());
            }
        }
        return ga instanceof JsonObject object && object.string("type") != null
                ? JsonValue.of(object.string("type"))
                : JsonNull.NULL;
    }

    private static boolean sameType(JsonObject a, JsonObject b) {
        return String.valueOf(a.string("type")).equals(b.string("type"));
    }

    private static @Nullable JsonValue find(JsonObject object, List<String> path) {
        JsonValue at = object;
        for (String name : path) {
            at = at instanceof JsonObject parent ? parent.get(name) : null;
        }
        return at;
    }

    private static JsonObject itemToGa(JsonObject item) {
        return content(item, CONTENT_TYPES);
    }

    private static JsonObject itemToBeta(JsonObject item) {
        return content(item, Map.of("output_text", "text", "output_audio", "audio"));
    }

    private static JsonObject content(JsonObject item, Map<String, String> types) {
        if (!(item.get("content") instanceof JsonArray content)) {
            return item;
        }
        List<JsonValue> parts = content.elements().stream()
                .map(part -> part instanceof JsonObject object ? retype(object, types) : part)
                .toList();
        return item.with("content", new JsonArray(parts));
    }

    private static JsonObject retype(JsonObject part, Map<String, String> types) {
        String type = part.string("type");
        return type != null && types.containsKey(type) ? part.with("type", types.get(type)) : part;
    }
}
