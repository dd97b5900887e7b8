package io.github.realtime4j.cli;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.protocol.Dialect;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where to connect to, as whom and how: the options of every command that connects. */
class ConnectionOptions {
    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "https://host/v1, to which /realtime is appended, or a whole ws(s)://host/.../realtime; "
                    + "OPENAI_BASE_URL unless given.")
    private @Nullable String baseUrl;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description = "OPENAI_API_KEY unless given, which is better: others can see the arguments of a command.")
    private @Nullable String apiKey;

    @Option(
            names = "--dialect",
            paramLabel = "ga|beta",
            description = "beta for old Azure deployments, Azure Voice Live and compatible servers.")
    private @Nullable Dialect dialect;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "How long to wait for the server: seconds, or 30s, 2m, 500ms; 60s unless given.")
    private @Nullable Duration timeout;

    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            description = "Trust the certificates in this PEM file, such as the one of 'realtime serve --tls'.")
    private @Nullable Path cacert;

    @Option(names = "--insecure-tls", description = "Trust any certificate. For tests on this machine only.")
    private boolean insecureTls;

    @Option(
            names = "--json",
            description = "Raw wire events to stdout, one per line: "
                    + "{\"direction\":\"sent\"|\"received\",\"event\":{...}}; nothing else.")
    private boolean json;

    boolean json() {
        return json;
    }

    boolean insecureTls() {
        return insecureTls;
    }

    @Nullable
    Path cacert() {
        return cacert;
    }

    Duration timeout() {
        return timeout == null ? Duration.ofSeconds(60) : timeout;
    }

    @Nullable
    String apiKey(Shell shell) {
        return apiKey == null || apiKey.isBlank() ? shell.variable("OPENAI_API_KEY") : apiKey.strip();
    }

    boolean keyIsVisible() {
        return apiKey != null && !apiKey.isBlank();
    }

    private @Nullable String url(Shell shell) {
        return baseUrl == null || baseUrl.isBlank() ? shell.variable("OPENAI_BASE_URL") : baseUrl.strip();
    }

    /** Neither key nor URL: the server in this process. */
    boolean isEmbedded(Shell shell) {
        return apiKey(shell) == null && url(shell) == null;
    }

    /** Whether key or URL are among the arguments: the environment does not count. */
    boolean isGiven() {
        return keyIsVisible() || (baseUrl != null && !baseUrl.isBlank());
    }

    Dialect dialect() {
        return dialect == null ? Dialect.GA : dialect;
    }

    /**
     * @throws CommandFailure if the URL is none
     */
    Endpoint endpoint(Shell shell) {
        String url = url(shell);
        return adjusted(url == null ? Endpoint.openai() : custom(url));
    }

    static Endpoint custom(String url) {
        try {
            URI uri = URI.create(url);
            Endpoint azure = uri.getHost() == null ? null : azure(uri, uri.getHost());
            return azure == null ? Endpoint.custom(uri) : azure;
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(
                    "the base URL is neither https://host/v1 nor wss://host/.../realtime: " + withoutUser(url), e);
        }
    }

    /** Azure wants the key in a header of its own, and an old address speaks the beta dialect. */
    private static @Nullable Endpoint azure(URI uri, String host) {
        if (!host.endsWith(".openai.azure.com") || parameter(uri, "call_id") != null) {
            return null;
        }
        String version = parameter(uri, "api-version");
        String deployment = parameter(uri, "deployment");
        if (version != null && deployment != null) {
            return Endpoint.azureLegacy(host, deployment, version);
        }
        String model = parameter(uri, "model");
        return Endpoint.azure(host, model == null ? Endpoint.DEFAULT_MODEL.value() : model);
    }

    private static @Nullable String parameter(URI uri, String name) {
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    /** URLs may carry a password. */
    private static String withoutUser(String url) {
        return url.replaceAll("//[^/@]*@", "//...@");
    }

    /** An endpoint with what the options say of it. */
    Endpoint adjusted(Endpoint endpoint) {
        return dialect == null ? endpoint : endpoint.dialect(dialect);
    }
}
