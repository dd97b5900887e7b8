/** One session of the server: what it remembers, and in which order it answers. */
@NullMarked
package io.github.realtime4j.server.session;

import org.jspecify.annotations.NullMarked;
