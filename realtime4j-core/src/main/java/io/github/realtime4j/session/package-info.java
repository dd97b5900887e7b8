/** What a session must remember and put in order. Not exported. */
@NullMarked
package io.github.realtime4j.session;

import org.jspecify.annotations.NullMarked;
