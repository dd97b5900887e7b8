package io.github.realtime4j.server.replay;

import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.json.MalformedJsonException;
import io.github.realtime4j.server.Replay;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.Receiver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays the server's part to one client, on the threads that call the receiver. */
public final class ReplayConnection implements Receiver, Replay {
    private final ReplayScript script;
    private final Collection<ReplayConnection> open;
    private final Consumer<Replay> onOpen;
    private final Consumer<Connection> atEnd;
    private final Rewriting rewriting = new Rewriting();
    private final List<JsonObject> requests = new ArrayList<>();
    private final List<JsonObject> unexpected = new CopyOnWriteArrayList<>();
    private final CompletableFuture<ConnectionEnd> end = new CompletableFuture<>();
    private volatile @Nullable Connection connection;

    /** How many of the expected events have come. */
    private volatile int heard;

    /** How many cues have been taken. */
    private volatile int said;

    /**
     * @param open holds this while the connection lives
     * @param atEnd what to do with the connection when everything has been said
     */
    public ReplayConnection(
            ReplayScript script,
            Collection<ReplayConnection> open,
            Consumer<Replay> onOpen,
            Consumer<Connection> atEnd) {
        this.script = script;
        this.open = open;
        this.onOpen = onOpen;
        this.atEnd = atEnd;
    }

    @Override
    public void onOpen(Connection opened) {
        connection = opened;
        open.add(this);
        onOpen.accept(this);
        goOn(opened);
    }

    @Override
    public void onMessage(ByteBuffer message) {
        String text = StandardCharsets.UTF_8.decode(message).toString();
        JsonObject event;
        try {
            event = JsonObject.parse(text);
        } catch (MalformedJsonException e) {
            unexpected.add(JsonObject.of("malformed", text));
            return;
        }
        Connection from = connection;
        if (from != null && hear(event)) {
            goOn(from);
        }
    }

    /** Whether this was the next line of the client's part. */
    private boolean hear(JsonObject event) {
        List<JsonObject> expected = script.expected();
        String type = event.string("type");
        int index = heard;
        if (index < expected.size()
                && String.valueOf(expected.get(index).string("type")).equals(type)) {
            requests.add(event);
            rewriting.heard(expected.get(index), event);
            heard = index + 1;
            return true;
        }
        boolean soundGoesOn = ReplayScript.isAppend(type)
                && expected.subList(0, index).stream().anyMatch(past -> ReplayScript.isAppend(past.string("type")));
        if (!soundGoesOn) {
            unexpected.add(event);
        }
        return false;
    }

    private void goOn(Connection to) {
        List<Cue> cues = script.cues();
        int next = said;
        while (next < cues.size() && cues.get(next).heard() <= heard && to.isWritable()) {
            say(cues.get(next), to);
            next++;
            said = next;
        }
        if (isComplete()) {
            atEnd.accept(to);
        }
    }

    private void say(Cue cue, Connection to) {
        if (cue.answers() != Cue.NOTHING) {
            rewriting.answering(cue.event(), requests.get(cue.answers()));
        }
        byte[] utf8 = rewriting.rewrite(cue.event()).toString().getBytes(StandardCharsets.UTF_8);
        var unused = to.send(ByteBuffer.wrap(utf8));
    }

    @Override
    public void onWritable() {
        Connection to = connection;
        if (to != null) {
            goOn(to);
        }
    }

    @Override
    public void onEnd(ConnectionEnd how) {
        open.remove(this);
        end.complete(how);
    }

    @Override
    public List<JsonObject> missing() {
        return script.expected().subList(heard, script.expected().size());
    }

    @Override
    public List<JsonObject> unexpected() {
        return List.copyOf(unexpected);
    }

    @Override
    public boolean isComplete() {
        return heard == script.expected().size() && said == script.cues().size();
    }

    @Override
    public ConnectionEnd awaitEnd(Duration timeout) throws InterruptedException, TimeoutException {
        try {
            return end.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public void abort() {
        Connection to = connection;
        if (to != null) {
            to.abort();
        }
    }
}
