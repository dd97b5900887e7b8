package io.github.realtime4j.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.realtime4j.json.JsonValue;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.JsonValue.JsonString;
import io.github.realtime4j.protocol.Call;
import io.github.realtime4j.protocol.ClientSecret;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The records against the service's published schema, which is kept outside the repository and skipped where it is not. */
final class SchemaTest {
    private static final Path SCHEMA =
            Path.of(System.getProperty("shared", "../../shared"), "protocol", "realtime-ga.schema.json");
    private static final List<String> UNIONS_OF_EVENTS = List.of(
            "RealtimeClientEvent",
            "RealtimeTranslationClientEvent",
            "RealtimeServerEvent",
            "RealtimeTranslationServerEvent");

    private static final Map<String, Class<?>> BODIES = Map.of(
            "RealtimeCallCreateRequest", Call.CreateRequest.class,
            "RealtimeCallReferRequest", Call.ReferRequest.class,
            "RealtimeCallRejectRequest", Call.RejectRequest.class,
            "WebhookRealtimeCallIncoming", Call.Incoming.class,
            "RealtimeCreateClientSecretRequest", ClientSecret.Request.class,
            "RealtimeCreateClientSecretResponse", ClientSecret.class,
            "RealtimeTranslationClientSecretCreateRequest", ClientSecret.Request.class,
            "RealtimeTranslationClientSecretCreateResponse", ClientSecret.class);

    private static JsonObject definitions = JsonObject.EMPTY;

    private final Set<String> gaps = new TreeSet<>();
    private final Set<String> stricter = new TreeSet<>();
    private final Set<String> visited = new LinkedHashSet<>();

    @BeforeAll
    static void readSchema() throws IOException {
        assumeTrue(Files.isRegularFile(SCHEMA), "no schema beside the repository");
        JsonObject defs = JsonObject.parse(Files.readString(SCHEMA)).object("$defs");
        definitions = defs == null ? JsonObject.EMPTY : defs;
    }

    @Test
    void everyEventOfTheSchemaHasARecordAndOnlyPingIsFromElsewhere() {
        Set<String> types = new TreeSet<>(eventSchemas().keySet());
        Set<String> known = new TreeSet<>(EventCodec.clientEventTypes());
        known.addAll(EventCodec.serverEventTypes());
        assertThat(known).containsAll(types);
        known.removeAll(types);
        assertThat(known).containsExactly("ping");
    }

    @Test
    void everyPropertyOfTheSchemaIsAComponentOfSomeRecord() {
        visitAll();
        assertThat(gaps).isEmpty();
    }

    @Test
    void whatTheSchemaLeavesOptionalMayBeMissingButForTheNamesOfThings() {
        visitAll();
        assertThat(stricter)
                .as("optional in the schema, required by the record")
                .containsExactly(
                        "AudioFormat.type",
                        "ContentPart.InputText.text",
                        "ContentPart.OutputText.text",
                        "ContentPart.Text.text",
                        "NoiseReduction.type");
    }

    private void visitAll() {
        eventSchemas().forEach((type, schemas) -> {
            boolean client = EventCodec.clientEventTypes().contains(type);
            Class<?> record = client ? WireNames.clientEvent(type) : WireNames.serverEvent(type);
            schemas.forEach(schema -> visit(schema, record, true));
        });
        BODIES.forEach((name, record) -> visit(definition(name), record, false));
    }

    /** A type may have several: {@code session.update} is an event of three kinds of session. */
    private static Map<String, List<JsonObject>> eventSchemas() {
        Map<String, List<JsonObject>> schemas = new LinkedHashMap<>();
        for (String union : UNIONS_OF_EVENTS) {
            for (JsonObject event : alternatives(definition(union))) {
                for (String type : constants(property(event, "type"))) {
                    schemas.computeIfAbsent(type, key -> new ArrayList<>()).add(event);
                }
            }
        }
        return schemas;
    }

    private void visit(JsonObject schema, Type type, boolean typed) {
        if (!visited.add(schema + " " + type)) {
            return;
        }
        for (JsonObject alternative : alternatives(schema)) {
            if (alternative.object("properties") != null) {
                visitObject(alternative, type, typed);
            } else if (alternative.object("items") != null && type instanceof ParameterizedType list) {
                visit(resolve(alternative.object("items")), list.getActualTypeArguments()[0], false);
            }
        }
    }

    private void visitObject(JsonObject schema, Type type, boolean typed) {
        if (!(type instanceof Class<?> raw) || JsonValue.class.isAssignableFrom(raw)) {
            return;
        }
        if (raw.isRecord()) {
            visitProperties(schema, raw, typed);
            return;
        }
        Set<String> typeNames = constants(property(schema, "type"));
        boolean found = false;
        for (Class<?> variant : WireNames.variants(raw)) {
            boolean untyped = WireNames.WITHOUT_TYPE.contains(variant) && typeNames.isEmpty();
            if (untyped || typeNames.contains(WireNames.snake(variant.getSimpleName()))) {
                found = true;
                visitProperties(only(schema, variant), variant, true);
            }
        }
        if (typeNames.isEmpty() && !found) {
            visitAnyKind(schema, raw);
        } else if (!found) {
            gaps.add(Graph.name(raw) + " has no form for " + typeNames);
        }
    }

    /** An object whose {@code type} may be any string: each of its fields must be known to some form. */
    private void visitAnyKind(JsonObject schema, Class<?> union) {
        JsonObject properties = schema.object("properties");
        for (String name : properties == null
                ? Set.<String>of()
                : properties.without("type").members().keySet()) {
            if (WireNames.variants(union).stream().noneMatch(variant -> component(variant, name) != null)) {
                gaps.add(Graph.name(union) + "." + name);
            }
        }
    }

    /** Some schemas put all kinds into one object; each variant answers for the fields of its own kind. */
    private static JsonObject only(JsonObject schema, Class<?> variant) {
        Map<String, Set<String>> own = Map.of(
                "InputText", Set.of("type", "text"),
                "InputAudio", Set.of("type", "audio", "transcript"),
                "InputImage", Set.of("type", "image_url", "detail"),
                "OutputText", Set.of("type", "text"),
                "OutputAudio", Set.of("type", "audio", "transcript"),
                "Text", Set.of("type", "text"),
                "Audio", Set.of("type", "audio", "transcript"),
                "Completed", Set.of("type", "reason"),
                "Cancelled", Set.of("type", "reason"),
                "Incomplete", Set.of("type", "reason"));
        Map<String, Set<String>> failed = Map.of("Failed", Set.of("type", "error"));
        Set<String> names = own.getOrDefault(variant.getSimpleName(), failed.get(variant.getSimpleName()));
        JsonObject properties = schema.object("properties");
        if (names == null || properties == null) {
            return schema;
        }
        String[] others = properties.members().keySet().stream()
                .filter(name -> !names.contains(name))
                .toArray(String[]::new);
        return schema.with("properties", properties.without(others));
    }

    private void visitProperties(JsonObject schema, Class<?> record, boolean typed) {
        JsonObject properties = schema.object("properties");
        if (properties == null) {
            return;
        }
        Set<String> required = new TreeSet<>();
        schema.array("required").forEach(name -> required.add(((JsonString) name).value()));
        properties.forEach((name, property) -> {
            RecordComponent component = component(record, name);
            if (component == null) {
                if (!(typed && name.equals("type")) && !WireNames.isConstant(record, name)) {
                    gaps.add(Graph.name(record) + "." + name);
                }
                return;
            }
            boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                    || component.getType() == List.class;
            if (!optional && !required.contains(name)) {
                stricter.add(Graph.name(component));
            }
            visit(resolve((JsonObject) property), component.getGenericType(), false);
        });
    }

    private static @Nullable RecordComponent component(Class<?> record, String wireName) {
        for (RecordComponent component : record.getRecordComponents()) {
            if (WireNames.snake(component.getName()).equals(wireName)) {
                return component;
            }
        }
        return null;
    }

    private static List<JsonObject> alternatives(JsonObject schema) {
        List<JsonObject> all = new ArrayList<>();
        for (String keyword : List.of("anyOf", "oneOf", "allOf")) {
            schema.array(keyword).forEach(option -> all.addAll(alternatives(resolve((JsonObject) option))));
        }
        return all.isEmpty() ? List.of(schema) : all;
    }

    private static Set<String> constants(@Nullable JsonObject schema) {
        Set<String> constants = new TreeSet<>();
        if (schema != null) {
            String constant = schema.string("const");
            if (constant != null) {
                constants.add(constant);
            }
            schema.array("enum").forEach(value -> constants.add(((JsonString) value).value()));
        }
        return constants;
    }

    private static @Nullable JsonObject property(JsonObject schema, String name) {
        JsonObject properties = schema.object("properties");
        JsonObject property = properties == null ? null : properties.object(name);
        return property == null ? null : resolve(property);
    }

    private static JsonObject resolve(JsonObject schema) {
        String reference = schema.string("$ref");
        return reference == null ? schema : definition(reference.substring("#/$defs/".length()));
    }

    private static JsonObject definition(String name) {
        JsonObject definition = definitions.object(name);
        if (definition == null) {
            throw new IllegalStateException("No " + name + " in the schema");
        }
        return definition;
    }
}
