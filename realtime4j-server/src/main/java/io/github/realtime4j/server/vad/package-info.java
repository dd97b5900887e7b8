/** Turn detection on samples: where speech starts, and where a turn is over. */
@NullMarked
package io.github.realtime4j.server.vad;

import org.jspecify.annotations.NullMarked;
