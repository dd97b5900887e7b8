package io.github.realtime4j.server.respond;

import io.github.realtime4j.server.Reply;
import io.github.realtime4j.server.Responder;
import io.github.realtime4j.server.ResponseRequest;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Plays a script: each response takes the next reply, and when none is left a fallback answers. From any thread. */
public final class ScriptedResponses implements Responder {
    private final Queue<Responder> script = new ConcurrentLinkedQueue<>();
    private final Responder fallback;

    public ScriptedResponses(Responder fallback) {
        this.fallback = fallback;
    }

    public void enqueue(Reply reply) {
        script.add(request -> reply);
    }

    /** A reply that depends on what is asked. */
    public void enqueue(Responder once) {
        script.add(once);
    }

    /** Replies that nobody has asked for yet. */
    public int remaining() {
        return script.size();
    }

    @Override
    public Reply respond(ResponseRequest request) {
        Responder next = script.poll();
        return next == null ? fallback.respond(request) : next.respond(request);
    }
}
