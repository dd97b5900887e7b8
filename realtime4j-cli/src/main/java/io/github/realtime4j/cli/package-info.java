/** The realtime command. */
@NullMarked
package io.github.realtime4j.cli;

import org.jspecify.annotations.NullMarked;
