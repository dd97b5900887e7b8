/** Audio bytes, formats and G.711. Depends on nothing. */
@NullMarked
package io.github.realtime4j.audio;

import org.jspecify.annotations.NullMarked;
