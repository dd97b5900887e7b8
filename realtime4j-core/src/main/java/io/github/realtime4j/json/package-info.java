/** JSON values, and nothing of the protocol. */
@NullMarked
package io.github.realtime4j.json;

import org.jspecify.annotations.NullMarked;
