/** Text to speech for the embedded server. */
@NullMarked
package io.github.realtime4j.server.speech;

import org.jspecify.annotations.NullMarked;
