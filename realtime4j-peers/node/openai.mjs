// The official `openai` package: its WebSocket classes and REST client. They insist on TLS.

import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { OpenAIRealtimeWebSocket } from 'openai/realtime/websocket';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import { Events, apiKey, model, scenario, soundOf, tlsUrl } from './scenarios.mjs';

const baseURL = tlsUrl.replace('wss:', 'https:').replace(/\/realtime$/, '');
const sdk = (key = apiKey) => new OpenAI({ apiKey: key, baseURL, maxRetries: 0 });

function listen(closing, socket, { expectErrors = false } = {}) {
    const wire = new Events();
    socket.on('event', (event) => wire.add(event));
    socket.on('error', (error) => {
        if (!expectErrors) {
            wire.fail(error);
        }
    });
    closing(socket);
    return wire;
}

for (const [name, Socket] of [['ws', OpenAIRealtimeWS], ['browser style', OpenAIRealtimeWebSocket]]) {
    await scenario(`openai, ${name}: a text turn`, async (closing) => {
        const socket = new Socket({ model }, sdk());
        const wire = listen(closing, socket);
        await wire.next('session.created');
        socket.send({ type: 'session.update', session: { type: 'realtime', output_modalities: ['text'] } });
        await wire.next('session.updated');
        socket.send({
            type: 'conversation.item.create',
            item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Say: It rains in Porto.' }] },
        });
        socket.send({ type: 'response.create' });
        const done = await wire.next('response.done');
        assert.equal(done.response.status, 'completed');
        assert.match(wire.of('response.output_text.delta').map((event) => event.delta).join(''), /It rains in Porto/);
    });

    await scenario(`openai, ${name}: an audio turn`, async (closing) => {
        const socket = new Socket({ model }, sdk());
        const wire = listen(closing, socket);
        await wire.next('session.created');
        socket.send({
            type: 'response.create',
            response: {
                input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Say: Good morning.' }] }],
            },
        });
        await wire.next('response.done');
        const seconds = soundOf(wire.of('response.output_audio.delta')).length / 48_000;
        assert.ok(seconds > 0.4 && seconds < 4, `${seconds} s of speech`);
    });

    await scenario(`openai, ${name}: an error event`, async (closing) => {
        const socket = new Socket({ model }, sdk());
        const wire = listen(closing, socket, { expectErrors: true });
        await wire.next('session.created');
        socket.send({ type: 'conversation.item.delete', item_id: 'item_nowhere', event_id: 'evt_7' });
        const error = await wire.next('error');
        assert.equal(error.error.code, 'item_delete_invalid_item_id');
        assert.equal(error.error.event_id, 'evt_7');
    });

    await scenario(`openai, ${name}: a client secret opens a session`, async (closing) => {
        const secret = await sdk().realtime.clientSecrets.create({
            expires_after: { anchor: 'created_at', seconds: 60 },
            session: { type: 'realtime', model, instructions: 'Speak like a pirate.' },
        });
        assert.match(secret.value, /^ek_/);
        const socket = new Socket({ model }, sdk(secret.value));
        const wire = listen(closing, socket);
        const created = await wire.next('session.created');
        assert.equal(created.session.instructions, 'Speak like a pirate.');
    });
}

await scenario('openai: transcription intent', async (closing) => {
    const wire = listen(closing, new OpenAIRealtimeWS({ intent: 'transcription' }, sdk()));
    const created = await wire.next('session.created');
    assert.equal(created.session.type, 'transcription');
});

await scenario('openai: a client secret is refused for a bad body', async () => {
    await assert.rejects(sdk().realtime.clientSecrets.create({ session: { type: 'song' } }), { status: 400 });
});
