/** What has been said: the conversation as the server has it. */
@NullMarked
package io.github.realtime4j.history;

import org.jspecify.annotations.NullMarked;
