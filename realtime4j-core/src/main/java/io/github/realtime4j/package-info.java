/** What an application holds: the client, its connections and sessions. */
@NullMarked
package io.github.realtime4j;

import org.jspecify.annotations.NullMarked;
