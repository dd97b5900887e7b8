/** The seam between a session and a network: UTF-8 messages, nothing else. */
@NullMarked
package io.github.realtime4j.transport;

import org.jspecify.annotations.NullMarked;
