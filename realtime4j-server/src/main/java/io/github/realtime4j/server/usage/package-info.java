/** What the models can hold and what a response is billed for. Pure. */
@NullMarked
package io.github.realtime4j.server.usage;

import org.jspecify.annotations.NullMarked;
