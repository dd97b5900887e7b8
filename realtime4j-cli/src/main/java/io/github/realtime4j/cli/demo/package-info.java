/** The parts of {@code realtime demo}: who speaks, what is said, what the function knows. */
@NullMarked
package io.github.realtime4j.cli.demo;

import org.jspecify.annotations.NullMarked;
