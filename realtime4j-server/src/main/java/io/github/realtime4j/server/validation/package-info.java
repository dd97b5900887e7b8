/** What a client may send, and the service's own words when it may not. Pure: no threads, no clocks. */
@NullMarked
package io.github.realtime4j.server.validation;

import org.jspecify.annotations.NullMarked;
