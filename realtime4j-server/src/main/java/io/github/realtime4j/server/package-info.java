/** An embedded OpenAI Realtime server: the far end of the protocol, for tests, demos and work without a key. */
@NullMarked
package io.github.realtime4j.server;

import org.jspecify.annotations.NullMarked;
