/** Talking over a connection: what is said, what is heard, and what is kept of it. */
@NullMarked
package io.github.realtime4j.cli.voice;

import org.jspecify.annotations.NullMarked;
