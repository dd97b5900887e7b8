/** What a session has used, what that costs, and when it is enough. */
@NullMarked
package io.github.realtime4j.usage;

import org.jspecify.annotations.NullMarked;
