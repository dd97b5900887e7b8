/** Every word on the wire, as records. No threads, no clocks, no I/O. */
@NullMarked
package io.github.realtime4j.protocol;

import org.jspecify.annotations.NullMarked;
