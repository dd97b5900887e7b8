package io.github.realtime4j;

import io.github.realtime4j.protocol.Dialect;
import io.github.realtime4j.protocol.Model;
import io.github.realtime4j.transport.Handshake.Header;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a Realtime server is, what it wants to be told in the handshake, and which dialect it speaks. Immutable.
 *
 * <pre>
 * openai()                wss://api.openai.com/v1/realtime?model=…                     Authorization: Bearer
 * call(callId)            wss://api.openai.com/v1/realtime?call_id=…                   Authorization: Bearer
 * azure(res, deployment)  wss://{res}.openai.azure.com/openai/v1/realtime?model=…      api-key
 * azureLegacy(…)          wss://{res}.openai.azure.com/openai/realtime?api-version=…   api-key, beta dialect
 * fromEnvironment()       what OPENAI_BASE_URL says, or openai()
 * custom(uri)             as given; {@code https://host/v1} becomes {@code wss://host/v1/realtime?model=…}
 * </pre>
 */
public final class Endpoint {
    /** The model of an endpoint that was not given one. */
    public static final Model DEFAULT_MODEL = Model.GPT_REALTIME_2_1;

    private static final URI OPENAI = URI.create("wss://api.openai.com/v1/realtime");
    private static final String TRANSCRIPTION = "transcription";

    /** What to connect to. */
    private static final Set<String> SOCKET_PARAMETERS = Set.of("model", "deployment", "call_id", "intent");

    private final URI address;
    private final @Nullable String modelParameter;
    private final Model model;
    private final KeyHeader keyHeader;
    private final boolean keyRequired;
    private final Dialect dialect;
    private final boolean betaHeader;
    private final boolean greets;
    private final boolean acknowledges;

    /** How the key travels. */
    private enum KeyHeader {
        BEARER,
        API_KEY
    }

    private Endpoint(
            URI address,
            @Nullable String modelParameter,
            Model model,
            KeyHeader keyHeader,
            boolean keyRequired,
            Dialect dialect,
            boolean betaHeader,
            boolean greets,
            boolean acknowledges) {
        this.address = address;
        this.modelParameter = modelParameter;
        this.model = model;
        this.keyHeader = keyHeader;
        this.keyRequired = keyRequired;
        this.dialect = dialect;
        this.betaHeader = betaHeader;
        this.greets = greets;
        this.acknowledges = acknowledges;
    }

    /** api.openai.com, a speech-to-speech session. */
    public static Endpoint openai() {
        return new Endpoint(OPENAI, "model", DEFAULT_MODEL, KeyHeader.BEARER, true, Dialect.GA, false, true, true);
    }

    /**
     * The server that {@code OPENAI_BASE_URL} names, as {@link #custom} takes it; {@link #openai()} where it is not set.
     *
     * @throws IllegalArgumentException if it is set to something else
     */
    public static Endpoint fromEnvironment() {
        String baseUrl = System.getenv("OPENAI_BASE_URL");
        return baseUrl == null || baseUrl.isBlank() ? openai() : custom(URI.create(baseUrl.strip()));
    }

    /** Beside a WebRTC or telephone call that is running at api.openai.com. Sends no {@code session.created}. */
    public static Endpoint call(String callId) {
        return openai().forCall(callId);
    }

    /**
     * Azure OpenAI.
     *
     * @param resource the name before {@code .openai.azure.com}
     * @param deployment the name given to the model there
     */
    public static Endpoint azure(String resource, String deployment) {
        URI address = URI.create("wss://" + host(resource) + "/openai/v1/realtime");
        return new Endpoint(
                address, "model", new Model(deployment), KeyHeader.API_KEY, true, Dialect.GA, false, true, true);
    }

    /** Azure OpenAI before its {@code v1} interface; speaks the beta dialect. */
    public static Endpoint azureLegacy(String resource, String deployment, String apiVersion) {
        URI address = URI.create("wss://" + host(resource) + "/openai/realtime?api-version=" + encode(apiVersion));
        return new Endpoint(
                address, "deployment", new Model(deployment), KeyHeader.API_KEY, true, Dialect.BETA, false, true, true);
    }

    /**
     * A compatible server, gateway or test server. A key is sent when there is one.
     *
     * @param uri {@code http(s)://host/v1}, to which {@code /realtime} is appended, or {@code ws(s)://host/…} taken as it
     *     is; the model is added unless the query already says what to connect to
     * @throws IllegalArgumentException if it is no absolute http, https, ws or wss URI
     */
    public static Endpoint custom(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !List.of("http", "https", "ws", "wss").contains(scheme)) {
            throw new IllegalArgumentException(
                    "Expected https://host/v1 or wss://host/v1/realtime but was " + withoutUserInfo(uri));
        }
        URI address = scheme.startsWith("ws") ? uri : webSocket(uri, scheme);
        boolean complete = SOCKET_PARAMETERS.stream().anyMatch(name -> hasParameter(uri, name));
        return new Endpoint(
                address,
                complete ? null : "model",
                DEFAULT_MODEL,
                KeyHeader.BEARER,
                false,
                Dialect.GA,
                true,
                !hasParameter(uri, "call_id"),
                true);
    }

    private static URI webSocket(URI http, String scheme) {
        String text = http.toString();
        int query = text.indexOf('?');
        String path = query < 0 ? text : text.substring(0, query);
        String rest = path.substring(scheme.length());
        String trimmed = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        return URI.create((scheme.equals("https") ? "wss" : "ws") + trimmed + "/realtime"
                + (query < 0 ? "" : text.substring(query)));
    }

    private static String withoutUserInfo(URI uri) {
        return uri.getRawUserInfo() == null ? uri.toString() : "a URI with credentials";
    }

    private static String host(String resource) {
        return resource.indexOf('.') < 0 ? resource + ".openai.azure.com" : resource;
    }

    private static boolean hasParameter(URI uri, String name) {
        String query = uri.getRawQuery();
        return query != null && (query.startsWith(name + "=") || query.contains("&" + name + "="));
    }

    /** This endpoint with another model (at Azure: another deployment). */
    public Endpoint model(Model model) {
        return new Endpoint(
                address, modelParameter, model, keyHeader, keyRequired, dialect, betaHeader, greets, acknowledges);
    }

    /** Sessions that only write down what they hear; the model is part of the session's configuration. */
    public Endpoint transcription() {
        return withAddress(append(address, "intent", TRANSCRIPTION), null, greets);
    }

    /** Sessions that say in one language what they hear in another. */
    public Endpoint translation() {
        String text = address.toString();
        int query = text.indexOf('?');
        String path = (query < 0 ? text : text.substring(0, query)) + "/translations";
        Endpoint there =
                withAddress(URI.create(path + (query < 0 ? "" : text.substring(query))), modelParameter, greets);
        return model.equals(DEFAULT_MODEL) ? there.model(Model.GPT_REALTIME_TRANSLATE) : there;
    }

    /** Beside a running call. Such a connection sends no {@code session.created}. */
    public Endpoint forCall(String callId) {
        return withAddress(append(address, "call_id", callId), null, false);
    }

    /** Sends the key as {@code Authorization: Bearer}: for a Microsoft Entra token. */
    public Endpoint bearer() {
        return new Endpoint(
                address,
                modelParameter,
                model,
                KeyHeader.BEARER,
                keyRequired,
                dialect,
                betaHeader,
                greets,
                acknowledges);
    }

    /** Speaks this dialect; with {@link Dialect#BETA}, {@code OpenAI-Beta: realtime=v1} is sent, except to Azure. */
    public Endpoint dialect(Dialect dialect) {
        return new Endpoint(
                address, modelParameter, model, keyHeader, keyRequired, dialect, betaHeader, greets, acknowledges);
    }

    /** For servers that do not send {@code session.created}: opening does not wait for it. */
    public Endpoint withoutGreeting() {
        return withAddress(address, modelParameter, false);
    }

    /** For servers that never acknowledge a command: each counts as acknowledged when it is sent. */
    public Endpoint withoutAcknowledgements() {
        return new Endpoint(address, modelParameter, model, keyHeader, keyRequired, dialect, betaHeader, greets, false);
    }

    private Endpoint withAddress(URI address, @Nullable String modelParameter, boolean greets) {
        return new Endpoint(
                address, modelParameter, model, keyHeader, keyRequired, dialect, betaHeader, greets, acknowledges);
    }

    /** The URI of the handshake. */
    public URI uri() {
        return modelParameter == null ? address : append(address, modelParameter, model.value());
    }

    public Model model() {
        return model;
    }

    public Dialect dialect() {
        return dialect;
    }

    /** Whether the server speaks first, with {@code session.created}. */
    public boolean greets() {
        return greets;
    }

    /** Whether commands are acknowledged by events. */
    public boolean acknowledges() {
        return acknowledges;
    }

    /** Whether a response carries the metadata of its {@code response.create}. */
    boolean echoesMetadata() {
        return dialect == Dialect.GA;
    }

    /** Whether this is beside a call, whose audio goes another way. */
    boolean isCall() {
        return hasParameter(address, "call_id");
    }

    boolean keyRequired() {
        return keyRequired;
    }

    List<Header> headers(@Nullable String key) {
        List<Header> headers = new ArrayList<>();
        if (key != null) {
            headers.add(
                    keyHeader == KeyHeader.BEARER
                            ? new Header("Authorization", "Bearer " + key)
                            : new Header("api-key", key));
        }
        if (dialect == Dialect.BETA && betaHeader) {
            headers.add(new Header("OpenAI-Beta", "realtime=v1"));
        }
        return headers;
    }

    private static URI append(URI uri, String name, String value) {
        String separator = uri.getRawQuery() == null ? "?" : "&";
        return URI.create(uri + separator + name + "=" + encode(value));
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The model that the address does not name itself; null for one that says what to connect to. */
    @Nullable
    Model namedModel() {
        return modelParameter == null ? null : model;
    }

    /**
     * The address of a REST resource beside the socket; it keeps what else the query says.
     *
     * @param resource below {@code /realtime/}, encoded
     * @throws RequestFailedException if there is no REST here
     */
    URI rest(String resource) {
        if (dialect == Dialect.BETA) {
            throw RequestFailedException.before(
                    "No REST at " + this + ": the beta dialect has none; use the v1 interface of that server", null);
        }
        String path = withoutEnd(withoutEnd(address.getRawPath(), "/"), "/translations");
        if (!path.endsWith("/realtime")) {
            throw RequestFailedException.before(
                    "No REST at " + this + ": it is looked for beside an address that ends with /realtime", null);
        }
        List<String> query = new ArrayList<>();
        for (String parameter : (address.getRawQuery() == null ? "" : address.getRawQuery()).split("&", -1)) {
            String name = parameter.substring(0, Math.max(0, parameter.indexOf('=')));
            if (!parameter.isEmpty() && !SOCKET_PARAMETERS.contains(name)) {
                query.add(parameter);
            }
        }
        String scheme = address.getScheme().equalsIgnoreCase("wss") ? "https://" : "http://";
        return URI.create(scheme + address.getRawAuthority() + path + "/" + resource
                + (query.isEmpty() ? "" : "?" + String.join("&", query)));
    }

    private static String withoutEnd(String path, String end) {
        return path.endsWith(end) ? path.substring(0, path.length() - end.length()) : path;
    }

    @Override
    public String toString() {
        return "Endpoint[" + withoutUserInfo(uri()) + ", " + dialect + "]";
    }
}
