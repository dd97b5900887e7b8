package io.github.realtime4j.server.session;

import io.github.realtime4j.audio.AudioBytes;
import io.github.realtime4j.json.JsonValue.JsonObject;
import io.github.realtime4j.server.IncomingCall;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The caller's side of a telephone call, and what became of it. */
final class PhoneCall implements IncomingCall {
    private static final Pattern KEYS = Pattern.compile("[0-9*#A-D]*");

    private final String id;
    private final Webhook webhook;
    private final Consumer<PhoneCall> onHangUp;
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Null until it is accepted; stays when it is over. */
    private volatile @Nullable Call call;

    private volatile @Nullable JsonObject acceptedWith;
    private volatile @Nullable Integer rejectedWith;
    private volatile @Nullable String referredTo;

    /** @param id what the ids of the call and of its session have in common */
    PhoneCall(String id, Webhook webhook, Consumer<PhoneCall> onHangUp) {
        this.id = id;
        this.webhook = webhook;
        this.onHangUp = onHangUp;
    }

    String id() {
        return id;
    }

    void accepted(Call begun, JsonObject session) {
        acceptedWith = session;
        call = begun;
        answered.countDown();
    }

    void rejected(int status) {
        rejectedWith = status;
        ended();
    }

    void referred(String target) {
        referredTo = target;
    }

    void ended() {
        answered.countDown();
        ended.countDown();
    }

    @Override
    public String callId() {
        return Call.callId(id);
    }

    @Override
    public Webhook webhook() {
        return webhook;
    }

    @Override
    public void awaitAnswer(Duration timeout) throws InterruptedException, TimeoutException {
        await(answered, timeout, "The call was not answered within ");
    }

    @Override
    public void awaitEnd(Duration timeout) throws InterruptedException, TimeoutException {
        await(ended, timeout, "The call was not over within ");
    }

    private static void await(CountDownLatch latch, Duration timeout, String late)
            throws InterruptedException, TimeoutException {
        if (!latch.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException(late + timeout.toMillis() + " ms");
        }
    }

    @Override
    public @Nullable JsonObject acceptedWith() {
        return acceptedWith;
    }

    @Override
    public @Nullable Integer rejectedWith() {
        return rejectedWith;
    }

    @Override
    public @Nullable String referredTo() {
        return referredTo;
    }

    @Override
    public boolean isOver() {
        return ended.getCount() == 0;
    }

    @Override
    public void say(AudioBytes pcm) {
        Call running = call;
        if (running != null) {
            running.loop().execute(() -> running.hear(pcm));
        }
    }

    @Override
    public void press(String keys) {
        if (!KEYS.matcher(keys).matches()) {
            throw new IllegalArgumentException("Expected keys of 0-9, *, # and A-D, but got " + keys);
        }
        Call running = call;
        if (running != null) {
            running.loop().execute(() -> keys.chars().forEach(key -> running.press((char) key)));
        }
    }

    @Override
    public AudioBytes heard() {
        Call running = call;
        return running == null ? AudioBytes.EMPTY : running.heard();
    }

    @Override
    public void hangUp() {
        onHangUp.accept(this);
    }
}
