/** WebSocket connections over Netty: TLS, proxies, keep-alive, back-pressure. */
@NullMarked
package io.github.realtime4j.netty;

import org.jspecify.annotations.NullMarked;
