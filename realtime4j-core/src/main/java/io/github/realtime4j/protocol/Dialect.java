package io.github.realtime4j.protocol;

/** Which of the two spellings of the protocol a server speaks; the records are the same for both. */
public enum Dialect {
    /** The interface of api.openai.com since August 2025. */
    GA,
    /**
     * The interface before it ({@code OpenAI-Beta: realtime=v1}), switched off at api.openai.com in May 2026 and still
     * spoken by old Azure deployments, Azure Voice Live and compatible servers.
     */
    BETA
}
