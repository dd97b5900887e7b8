/** One-page programs: each runs as it is with {@code OPENAI_API_KEY}, and without a key against {@code realtime serve}. */
@NullMarked
package io.github.realtime4j.samples;

import org.jspecify.annotations.NullMarked;
