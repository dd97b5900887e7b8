/** The server's edge: HTTP and WebSocket on one port, REST, TLS, and faults applied to connections. */
@NullMarked
package io.github.realtime4j.server.http;

import org.jspecify.annotations.NullMarked;
