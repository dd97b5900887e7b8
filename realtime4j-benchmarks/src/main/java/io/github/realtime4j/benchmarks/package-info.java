/** Measurements with JMH. */
@NullMarked
package io.github.realtime4j.benchmarks;

import org.jspecify.annotations.NullMarked;
