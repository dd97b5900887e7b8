/** A session as a spoken conversation, on any source and any sink of sound. */
@NullMarked
package io.github.realtime4j.voice;

import org.jspecify.annotations.NullMarked;
