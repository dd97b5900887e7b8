package io.github.realtime4j.server.session;

import io.github.realtime4j.protocol.ErrorDetail;
import io.github.realtime4j.server.RecordedSession.Direction;
import io.github.realtime4j.server.http.ServerReceiver;
import io.github.realtime4j.server.validation.EventValidator;
import io.github.realtime4j.server.validation.Refusal;
import io.github.realtime4j.server.validation.ServiceErrors;
import io.github.realtime4j.server.validation.SessionFacts;
import io.github.realtime4j.server.validation.SessionKind;
import io.github.realtime4j.transport.Connection;
import io.github.realtime4j.transport.ConnectionEnd;
import io.github.realtime4j.transport.Handshake;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: reads on the I/O thread, does everything else in the session's loop. Stops reading while too much waits
 * to be dealt with, or while the client does not read what it asked for.
 */
final class ServerConnection implements ServerReceiver {
    private static final Logger log = LoggerFactory.getLogger(ServerConnection.class);

    /** Received bytes that may wait. */
    private static final long MAX_WAITING = 4L << 20;

    private final ServerParts server;
    private final Handshake handshake;
    private final Collection<ServerConnection> open;
    private final SessionRecording recording;
    private final Inbox inbox;

    /** The call it attends to; null for a session of its own. */
    private final @Nullable Call call;

    private final SerialLoop loop;
    private final AtomicLong waiting = new AtomicLong();
    private volatile @Nullable Connection connection;

    /** In the loop: reading waits until the loop has caught up, or the client has. */
    private boolean paused;

    /** In the loop; null before the session has begun, and for a connection that was turned away. */
    private @Nullable SessionScope scope;

    private @Nullable Dialogue dialogue;

    /** In the loop; null unless it attends to a call. */
    private @Nullable Line line;

    /** @param call to attend to; null for a session of its own */
    ServerConnection(ServerParts server, Handshake handshake, Collection<ServerConnection> open, @Nullable Call call) {
        this.server = server;
        this.handshake = handshake;
        this.open = open;
        this.recording = new SessionRecording(Openings.of(handshake), server.maxRecordedBytes());
        this.inbox = new Inbox(server.dialect());
        this.call = call;
        this.loop = call == null ? new SerialLoop(server.loops(), this::broke) : call.loop();
    }

    @Override
    public void onOpen(Connection opened) {
        connection = opened;
        open.add(this);
        server.onRecording().accept(recording);
        loop.execute(() -> begin(opened));
    }

    private void begin(Connection opened) {
        Ids ids = new Ids(server.time());
        Line own = new Line(opened, server.time(), recording);
        Outbox out = new Outbox(own, server.dialect(), ids);
        Refusal refusal = server.admission().refusal(handshake);
        if (refusal != null) {
            close(out, refusal);
        } else if (call != null) {
            attend(call, own, out);
        } else {
            Admission.Decision decision = server.admission().decide(handshake);
            if (decision instanceof Admission.Decision.Refused refused) {
                close(out, refused.refusal());
            } else if (decision instanceof Admission.Decision.Session session) {
                begin(session, ids, out);
            }
        }
    }

    private void attend(Call running, Line own, Outbox out) {
        if (running.isOver()) {
            out.close(ConnectionEnd.NORMAL, "");
            return;
        }
        recording.sessionId(running.sessionId());
        line = own;
        scope = running.scope();
        dialogue = running.dialogue();
        running.attendants().add(own);
    }

    private void begin(Admission.Decision.Session session, Ids ids, Outbox out) {
        String id = ids.session();
        long expiresAt = server.time().instant().plus(server.sessionLimit()).getEpochSecond();
        SessionSettings settings = SessionSettings.initial(session.kind(), session.model(), id, expiresAt)
                .with(session.defaults());
        recording.sessionId(id);
        SessionScope begun = new SessionScope(server, loop, out, ids, settings);
        Dialogue next = session.kind() == SessionKind.TRANSLATION
                ? new TranslationDialogue(begun)
                : new RealtimeDialogue(begun);
        scope = begun;
        dialogue = next;
        var unused = begun.after(server.sessionLimit(), () -> close(out, ServiceErrors.sessionExpired()));
        next.begin();
    }

    /** Tells why, and says goodbye. */
    static void close(Outbox out, Refusal refusal) {
        out.sendError(refusal.error());
        boolean expired = refusal.closeCode() == ConnectionEnd.GOING_AWAY;
        out.close(refusal.closeCode(), expired ? String.valueOf(refusal.error().message()) : refusal.closeReason());
    }

    @Override
    public void onMessage(ByteBuffer message) {
        if (recording.keeps()) {
            recording.add(server.time().instant(), Direction.SENT, message);
        }
        int size = message.remaining();
        Inbox.Incoming incoming = inbox.read(message);
        Connection from = connection;
        boolean tooMuch = waiting.addAndGet(size) > MAX_WAITING;
        if (tooMuch && from != null) {
            from.pauseReading();
        }
        loop.execute(() -> {
            try {
                hear(() -> handle(incoming));
            } finally {
                dealtWith(size, tooMuch);
            }
        });
    }

    @Override
    public void onBinary(long length) {
        loop.execute(() -> hear(() -> {
            if (scope != null) {
                scope.refuse(ServiceErrors.binaryFrame());
            }
        }));
    }

    /** In the loop: what this client wants. */
    private void hear(Runnable event) {
        if (call != null && line != null) {
            call.attendants().hear(line, event);
        } else {
            event.run();
        }
    }

    /** @param pausedBefore reading was paused when this message came */
    private void dealtWith(int size, boolean pausedBefore) {
        Connection from = connection;
        long left = waiting.addAndGet(-size);
        if (from == null) {
            return;
        }
        paused |= pausedBefore;
        if (!from.isWritable()) {
            paused = true;
            from.pauseReading();
        }
        readOn(from, left);
    }

    private void readOn(Connection from, long left) {
        if (paused && left <= MAX_WAITING / 2 && from.isWritable()) {
            paused = false;
            from.resumeReading();
        }
    }

    private void handle(Inbox.Incoming incoming) {
        SessionScope session = scope;
        Dialogue current = dialogue;
        if (session == null || current == null || session.isEnded()) {
            return;
        }
        if (incoming instanceof Inbox.Incoming.Append append) {
            if (session.kind() == SessionKind.TRANSLATION) {
                handle(new Inbox.Incoming.Event(append.asJson()), session, current);
            } else {
                current.append(append.audio(), append.eventId());
            }
        } else if (incoming instanceof Inbox.Incoming.Event event) {
            handle(event, session, current);
        } else {
            session.refuse(ServiceErrors.invalidJson());
        }
    }

    private static void handle(Inbox.Incoming.Event event, SessionScope session, Dialogue dialogue) {
        SessionFacts facts =
                new SessionFacts(session.kind(), session.settings.model().name(), !session.isCall());
        ErrorDetail problem = EventValidator.validate(event.json(), facts);
        if (problem != null) {
            session.refuse(problem);
        } else {
            dialogue.handle(String.valueOf(event.json().string("type")), event.json());
        }
    }

    @Override
    public void onWritable() {
        loop.execute(() -> {
            Connection to = connection;
            if (to != null) {
                readOn(to, waiting.get());
            }
            if (dialogue != null) {
                dialogue.writable();
            }
        });
    }

    @Override
    public void onEnd(ConnectionEnd end) {
        open.remove(this);
        loop.execute(() -> {
            if (call != null && line != null) {
                call.attendants().remove(line);
            } else if (scope != null) {
                scope.end();
            }
            recording.ended(end);
        });
    }

    void abort() {
        Connection to = connection;
        if (to != null) {
            to.abort();
        }
    }

    private void broke(Throwable failure) {
        broke(failure, scope);
    }

    /** In the loop: a mistake of this server, which must not take the session with it. */
    static void broke(Throwable failure, @Nullable SessionScope session) {
        log.error("A session's task failed", failure);
        if (session != null && !session.isEnded()) {
            String id = String.valueOf(session.settings.echo().string("id"));
            session.refuse(ServiceErrors.serverError(id));
        }
    }
}
