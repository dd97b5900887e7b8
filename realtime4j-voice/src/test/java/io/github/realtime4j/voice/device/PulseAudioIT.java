package io.github.realtime4j.voice.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.realtime4j.Endpoint;
import io.github.realtime4j.RealtimeClient;
import io.github.realtime4j.RealtimeSession;
import io.github.realtime4j.audio.Pcm16;
import io.github.realtime4j.audio.Resampler;
import io.github.realtime4j.protocol.ConversationEvent.ItemTruncated;
import io.github.realtime4j.protocol.InputAudioBufferEvent.SpeechStarted;
import io.github.realtime4j.protocol.ResponseEvent.OutputAudioDelta;
import io.github.realtime4j.protocol.ServerEvent;
import io.github.realtime4j.server.RealtimeServer;
import io.github.realtime4j.server.Reply;
import io.github.realtime4j.server.ScriptedResponse;
import io.github.realtime4j.server.speech.FreeTtsSynthesizer;
import io.github.realtime4j.server.speech.SpeechChunk;
import io.github.realtime4j.server.speech.Utterance;
import io.github.realtime4j.voice.Interruptions;
import io.github.realtime4j.voice.Voice;
import io.github.realtime4j.voice.VoiceEvent;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A conversation through the sound system of a machine, as somebody who is in the room hears it. */
class PulseAudioIT {
    private static final int SERVED = 24_000;
    private static final String ANSWER = "The weather in Berlin is sunny today, with a light wind from the west. "
            + "Tomorrow there may be some rain in the afternoon, so take an umbrella with you.";

    private PulseAudio pulse;
    private RealtimeServer server;
    private RealtimeClient client;
    private Voice voice;
    private Monitor room;
    private Monitor speaker;
    private final BlockingQueue<VoiceEvent> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    /** An event of the server, and when it reached this machine. */
    private record Arrival(ServerEvent event, long time) {}

    @BeforeEach
    void aMachineWithASoundSystem() throws Exception {
        assumeTrue(PulseAudio.isNamed(), "Skipped: run it with mvn -B verify -P pulseaudio");
        assumeTrue(PulseAudio.isInstalled(), "Skipped: PulseAudio is not installed (pulseaudio, pulseaudio-utils)");
        pulse = PulseAudio.start();
        assumeTrue(
                !SoundDevices.outputs().isEmpty(),
                "Skipped: Java does not see PulseAudio, ALSA's plugin is not installed (libasound2-plugins)");
        room = pulse.monitor("room");
        speaker = pulse.monitor("speaker");
    }

    @AfterEach
    void isLeftAsItWas() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {voice, client, server, room, speaker, pulse}) {
            if (part != null) {
                part.close();
            }
        }
    }

    private Voice.Builder conversation(Reply... replies) {
        server = RealtimeServer.start();
        server.enqueue(replies);
        client = RealtimeClient.builder()
                .endpoint(Endpoint.custom(server.uri()))
                .apiKey("test")
                .build();
        RealtimeSession session = client.newSession();
        session.on(ServerEvent.class, Runnable::run, event -> arrivals.add(new Arrival(event, System.nanoTime())));
        session.on(
                OutputAudioDelta.class,
                delta -> received.writeBytes(delta.delta().toByteArray()));
        return Voice.attach(session).headphones().on(VoiceEvent.class, events::add);
    }

    private void userSays(String text) throws Exception {
        short[] all = {};
        Iterator<SpeechChunk> chunks = FreeTtsSynthesizer.shared().speak(new Utterance(text, "cedar", 1));
        while (chunks.hasNext()) {
            all = Pcm16.concat(all, chunks.next().samples());
        }
        pulse.play("room", Pcm16.toBytes(all));
    }

    private <E extends VoiceEvent> E await(Class<E> type) throws Exception {
        for (VoiceEvent event = next(type); ; event = next(type)) {
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    private VoiceEvent next(Class<?> type) throws InterruptedException {
        VoiceEvent event = events.poll(20, TimeUnit.SECONDS);
        assertThat(event).as("a %s within 20 s", type.getSimpleName()).isNotNull();
        return event;
    }

    private Arrival awaitArrival(Class<? extends ServerEvent> type) throws InterruptedException {
        for (; ; ) {
            Arrival arrival = arrivals.poll(20, TimeUnit.SECONDS);
            assertThat(arrival).as("a %s within 20 s", type.getSimpleName()).isNotNull();
            if (type.isInstance(arrival.event)) {
                return arrival;
            }
        }
    }

    @Test
    void theAssistantIsHeardUncutAndWithoutGaps() throws Exception {
        // A machine that is busy with other builds needs the longer buffer.
        Speaker patient = Speaker.open(DeviceOptions.DEFAULT.withBuffer(Duration.ofMillis(200)));
        voice = conversation(ScriptedResponse.text(ANSWER))
                .microphone()
                .sink(patient)
                .start();

        userSays("What is the weather like in Berlin today?");
        int start = speaker.awaitSound(0);
        await(VoiceEvent.AssistantFinished.class);
        speaker.awaitSilence(start, 1_000);

        short[] reference = Resampler.convert(Pcm16.toSamples(received.toByteArray()), SERVED, Monitor.RATE);
        Likeness.Block[] blocks = new Likeness(speaker.samples(), reference).blocks(start, reference.length);
        assertThat(blocks).hasSizeGreaterThan(50).allSatisfy(block -> {
            assertThat(block.correlation()).isGreaterThan(0.98);
            assertThat(block.lag()).isCloseTo(blocks[0].lag(), within(2));
        });
    }

    /**
     * What the room heard of an interruption.
     *
     * @param word when the user's first sound was heard
     * @param told when the server said so
     * @param silent when the assistant's last sound was heard
     * @param heardMs how much of the assistant was heard
     * @param truncatedMs what the server was told of it
     */
    private record Interruption(long word, long told, long silent, long heardMs, long truncatedMs) {}

    private Interruption interrupt(Interruptions policy) throws Exception {
        voice = conversation(ScriptedResponse.speech(Pcm16.toAudioBytes(sweep(15)), "One, two, three, and so on"))
                .microphone()
                .speaker()
                .interruptions(policy)
                .start();
        userSays("Please count as far as you can.");
        int start = speaker.awaitSound(0);
        speaker.await(start + 2 * Monitor.RATE);
        arrivals.clear();
        int before = room.length();

        userSays("Stop, that is enough.");

        long word = room.timeOf(room.awaitSound(before));
        long told = awaitArrival(SpeechStarted.class).time;
        int end = speaker.awaitSilence(start, 300);
        ItemTruncated truncated = (ItemTruncated) awaitArrival(ItemTruncated.class).event;
        assertThat(await(VoiceEvent.Interrupted.class).played().toMillis()).isEqualTo(truncated.audioEndMs());
        Interruption seen = new Interruption(
                word, told, speaker.timeOf(end), (end - start) * 1_000L / Monitor.RATE, truncated.audioEndMs());
        System.out.printf(
                "Barge-in: silent %.1f ms after speech_started, %.1f ms after the first word; heard %d ms, truncated to %d ms%n",
                (seen.silent - told) / 1e6, (seen.silent - word) / 1e6, seen.heardMs, seen.truncatedMs);
        return seen;
    }

    @Test
    void anInterruptedAssistantIsSilentAtOnceAndTheServerIsToldWhatWasHeard() throws Exception {
        Interruption seen = interrupt(Interruptions.IMMEDIATE);

        assertThat(seen.silent - seen.told).isLessThan(TimeUnit.MILLISECONDS.toNanos(150));
        assertThat(seen.truncatedMs).isBetween(seen.heardMs - 60, seen.heardMs + 60);
    }

    @Test
    void anAnticipatedInterruptionIsSilentSoonAfterTheFirstWord() throws Exception {
        Interruption seen = interrupt(Interruptions.IMMEDIATE.anticipating());

        assertThat(seen.silent - seen.word).isLessThan(TimeUnit.MILLISECONDS.toNanos(150));
        assertThat(seen.truncatedMs).isBetween(seen.heardMs - 60, seen.heardMs + 60);
    }

    @Test
    void whatWasSaidBeforeTheFirstReadIsNotHeard() throws Exception {
        try (Microphone microphone = Microphone.open()) {
            userSays("This is none of your business.");
            room.awaitSilence(room.awaitSound(0), 500);
            short[] heard = new short[2 * SERVED];
            for (int count = 0; count < heard.length; ) {
                count += microphone.read(heard, count, heard.length - count);
            }

            assertThat(Pcm16.peak(heard)).isLessThan(Monitor.LOUD);
        }
    }

    @Test
    void theConversationGoesOnWhenTheSoundSystemHasCrashedAndIsBack() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        DeviceListener listener = new DeviceListener() {
            @Override
            public void lost(String device, String why) {
                told.add("lost " + device);
            }

            @Override
            public void reopened(AudioDevice device) {
                told.add("reopened " + device.name());
            }
        };
        DeviceOptions options = DeviceOptions.DEFAULT.withListener(listener);
        voice = conversation(
                        ScriptedResponse.speech(Pcm16.toAudioBytes(sweep(8)), "One"), ScriptedResponse.text(ANSWER))
                .source(Microphone.open(options))
                .sink(Speaker.open(options))
                .start();
        userSays("Please count as far as you can.");
        speaker.awaitSound(0);

        pulse.die();
        assertThat(told.poll(10, TimeUnit.SECONDS)).startsWith("lost ");
        assertThat(told.poll(10, TimeUnit.SECONDS)).startsWith("lost ");
        pulse.restart();
        speaker.close();
        speaker = pulse.monitor("speaker");
        assertThat(told.poll(10, TimeUnit.SECONDS)).startsWith("reopened ");
        assertThat(told.poll(10, TimeUnit.SECONDS)).startsWith("reopened ");

        // What was left of the first answer is heard.
        int rest = speaker.awaitSound(0);
        await(VoiceEvent.AssistantFinished.class);
        int quiet = speaker.awaitSilence(rest, 1_000);
        userSays("What is the weather like in Berlin today?");
        speaker.awaitSound(quiet);
    }

    /** A tone that rises: never silent, and no two moments of it are alike. */
    private static short[] sweep(int seconds) {
        short[] samples = new short[seconds * SERVED];
        double phase = 0;
        for (int i = 0; i < samples.length; i++) {
            phase += 2 * Math.PI * (300 + 2_500.0 * i / samples.length) / SERVED;
            samples[i] = (short) (6_000 * Math.sin(phase));
        }
        return samples;
    }
}
