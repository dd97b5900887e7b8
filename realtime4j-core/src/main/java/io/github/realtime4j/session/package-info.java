/** What a session must remember and put in order; one class for each hard ordering problem. Not exported. */
@NullMarked
package io.github.realtime4j.session;

import org.jspecify.annotations.NullMarked;
