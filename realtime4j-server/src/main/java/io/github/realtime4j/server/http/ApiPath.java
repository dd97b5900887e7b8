package io.github.realtime4j.server.http;

/** Paths as clients of OpenAI and of Azure write them, in OpenAI's form. */
public final class ApiPath {
    public static final String REALTIME = "/v1/realtime";
    public static final String TRANSLATIONS = "/v1/realtime/translations";

    /** Azure's preview interface, which spoke the beta dialect; the deployment is in the query. */
    public static final String AZURE_LEGACY = "/openai/realtime";

    /** Azure Voice Live, which speaks the beta dialect with words of its own. */
    public static final String VOICE_LIVE = "/voice-live/realtime";

    private static final String AZURE_PREFIX = "/openai";

    private ApiPath() {}

    /** Without Azure's prefix and without a slash at the end. */
    public static String canonical(String path) {
        String canonical = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (canonical.equals(AZURE_LEGACY) || canonical.equals(VOICE_LIVE)) {
            return REALTIME;
        }
        return canonical.startsWith(AZURE_PREFIX + "/v1/") ? canonical.substring(AZURE_PREFIX.length()) : canonical;
    }

    static boolean isSocket(String canonical) {
        return canonical.equals(REALTIME) || canonical.equals(TRANSLATIONS);
    }
}
