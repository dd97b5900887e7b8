/** Functions that the model may call: what it is told of them, and what runs when it calls. */
@NullMarked
package io.github.realtime4j.tool;

import org.jspecify.annotations.NullMarked;
