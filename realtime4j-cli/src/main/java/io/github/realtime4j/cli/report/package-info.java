/** A conversation as one page to look at. */
@NullMarked
package io.github.realtime4j.cli.report;

import org.jspecify.annotations.NullMarked;
