/** What the server says when nobody tells it what to say, and scripts that do. */
@NullMarked
package io.github.realtime4j.server.respond;

import org.jspecify.annotations.NullMarked;
