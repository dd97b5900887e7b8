// Plain WebSocket clients with JSON of their own: `ws`, and the standard WebSocket class with subprotocols, as in a browser.

import assert from 'node:assert/strict';
import { WebSocket as NodeSocket } from 'ws';
import { Events, apiKey, model, plainUrl, scenario } from './scenarios.mjs';

const url = `${plainUrl}?model=${model}`;

function listen(closing, socket) {
    const wire = new Events();
    socket.addEventListener('message', (message) => wire.add(JSON.parse(message.data)));
    socket.addEventListener('close', (end) => wire.add({ type: 'close', code: end.code, reason: end.reason }));
    socket.addEventListener('error', (failure) => wire.add({ type: 'socket error', failure }));
    closing(socket);
    return wire;
}

async function textTurn(socket, wire) {
    await wire.next('session.created');
    socket.send(JSON.stringify({
        type: 'response.create',
        response: {
            output_modalities: ['text'],
            input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Say: yes.' }] }],
        },
    }));
    assert.equal((await wire.next('response.done')).response.status, 'completed');
}

await scenario('ws: a text turn, compressed', async (closing) => {
    const socket = new NodeSocket(url, { headers: { Authorization: `Bearer ${apiKey}` }, perMessageDeflate: true });
    await textTurn(socket, listen(closing, socket));
});

await scenario('ws: answers pings and says goodbye', async (closing) => {
    const socket = new NodeSocket(url, { headers: { Authorization: `Bearer ${apiKey}` } });
    const wire = listen(closing, socket);
    await wire.next('session.created');
    socket.on('pong', (payload) => wire.add({ type: 'pong', payload: payload.toString() }));
    socket.ping('still there?');
    assert.equal((await wire.next('pong')).payload, 'still there?');
    socket.close(1000, 'bye');
    assert.equal((await wire.next('close')).code, 1000);
});

await scenario('standard WebSocket: a key in a subprotocol', async (closing) => {
    const socket = new WebSocket(url, ['realtime', `openai-insecure-api-key.${apiKey}`]);
    const wire = listen(closing, socket);
    await textTurn(socket, wire);
    assert.equal(socket.protocol, 'realtime');
});

await scenario('standard WebSocket: without a key', async (closing) => {
    const wire = listen(closing, new WebSocket(url, ['realtime']));
    const error = await wire.next('error');
    assert.equal(error.error.type, 'invalid_request_error');
    assert.equal((await wire.next('close')).code, 3000);
});
