/** UTF-8 JSON to protocol records and back. Never sends. */
@NullMarked
package io.github.realtime4j.codec;

import org.jspecify.annotations.NullMarked;
