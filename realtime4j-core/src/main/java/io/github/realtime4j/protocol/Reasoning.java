package io.github.realtime4j.protocol;

import org.jspecify.annotations.Nullable;

/** How hard a reasoning model thinks before it speaks. */
public record Reasoning(@Nullable Effort effort) {
    /** More effort, later answers. */
    public record Effort(String value) {
        public static final Effort MINIMAL = new Effort("minimal");
        public static final Effort LOW = new Effort("low");
        public static final Effort MEDIUM = new Effort("medium");
        public static final Effort HIGH = new Effort("high");
        public static final Effort XHIGH = new Effort("xhigh");
    }
}
