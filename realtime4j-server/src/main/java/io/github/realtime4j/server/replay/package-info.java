/** Recorded sessions, said again. */
@NullMarked
package io.github.realtime4j.server.replay;

import org.jspecify.annotations.NullMarked;
