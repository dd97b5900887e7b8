/**
 * Audio bytes and formats, G.711, PCM arithmetic, resampling and WAV files. Depends on nothing but the JDK, and on no
 * sound device.
 */
@NullMarked
package io.github.realtime4j.audio;

import org.jspecify.annotations.NullMarked;
