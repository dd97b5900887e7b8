/** Recorded wire events, decoded and counted. */
@NullMarked
package io.github.realtime4j.cli.inspect;

import org.jspecify.annotations.NullMarked;
