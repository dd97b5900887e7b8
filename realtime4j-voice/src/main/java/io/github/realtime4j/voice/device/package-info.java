/** Microphone and speaker of this machine, through javax.sound. */
@NullMarked
package io.github.realtime4j.voice.device;

import org.jspecify.annotations.NullMarked;
