// @openai/agents-realtime, unmodified, over its own WebSocket transport.

import assert from 'node:assert/strict';
import { hostedMcpTool } from '@openai/agents-core';
import { OpenAIRealtimeWebSocket, RealtimeAgent, RealtimeSession, tool } from '@openai/agents-realtime';
import { z } from 'zod';
import { Events, apiKey, model, pieces, plainUrl, scenario, silence } from './scenarios.mjs';

const url = `${plainUrl}?model=${model}`;
const text = { outputModalities: ['text'] };
const arrayBuffer = (bytes) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);

const weather = (options = {}) =>
    tool({
        name: 'get_weather',
        description: 'The weather in a city',
        parameters: z.object({ city: z.string() }),
        execute: async ({ city }) => `It rains in ${city}.`,
        ...options,
    });

/** A connected session; `session.seen` has its own events by name, `session.wire` what came over the wire. */
async function connect(closing, { agent = {}, config = {}, expectErrors = false } = {}) {
    const session = new RealtimeSession(
        new RealtimeAgent({ name: 'Host', instructions: 'Be brief.', ...agent }),
        { transport: 'websocket', model, config });
    session.wire = new Events();
    session.seen = new Events();
    session.unknown = new Set();
    session.transport.on('*', (event) => {
        // An event that the client understands is emitted again under its own type.
        session.unknown.add(event);
        session.transport.once(event.type, () => session.unknown.delete(event));
        session.wire.add(event);
    });
    for (const name of ['agent_handoff', 'agent_tool_end', 'audio', 'audio_interrupted', 'agent_end',
        'tool_approval_requested', 'mcp_tools_changed', 'mcp_tool_call_completed', 'error']) {
        session.on(name, (...details) => session.seen.add({ type: name, details }));
    }
    session.on('error', (failure) => {
        if (!expectErrors) {
            session.wire.fail(new Error(`Error event: ${JSON.stringify(failure)}`));
            session.seen.fail(new Error(`Error event: ${JSON.stringify(failure)}`));
        }
    });
    closing(session);
    await session.connect({ apiKey, url });
    await session.wire.next('session.updated');
    return session;
}

function assertAllUnderstood(session) {
    assert.deepEqual([...session.unknown], [], 'events that the client does not understand');
}

function lastAnswer(session) {
    const said = session.history.filter((item) => item.type === 'message' && item.role === 'assistant').at(-1);
    return said?.content.map((part) => part.text ?? part.transcript).join('');
}

let voice;

/** What the server says to this text, to be said to it. */
async function speech(closing) {
    if (!voice) {
        const session = await connect(closing);
        const sound = [];
        session.on('audio', (event) => sound.push(Buffer.from(event.data)));
        session.sendMessage('Say: Good morning, what a lovely day it is in Porto.');
        await session.wire.next('response.done');
        voice = Buffer.concat(sound);
    }
    return voice;
}

const say = (session, sound) => {
    for (const piece of pieces(sound)) {
        session.sendAudio(arrayBuffer(piece));
    }
};

await scenario('agents: connects and configures', async (closing) => {
    const session = await connect(closing, { agent: { voice: 'marin' } });
    const updated = session.wire.of('session.updated')[0].session;
    assert.equal(updated.instructions, 'Be brief.');
    assert.equal(updated.audio.output.voice, 'marin');
    assert.equal(session.transport.status, 'connected');
    assertAllUnderstood(session);
});

await scenario('agents: a text turn', async (closing) => {
    const session = await connect(closing, { config: text });
    session.sendMessage('Say: It rains in Porto.');
    await session.seen.next('agent_end');
    assert.match(lastAnswer(session), /It rains in Porto/);
    assert.deepEqual(session.history.map((item) => item.role), ['user', 'assistant']);
    assert.deepEqual(session.history.map((item) => item.status), ['completed', 'completed']);
    assert.ok(session.usage.totalTokens > 0);
    assertAllUnderstood(session);
});

await scenario('agents: an audio turn', async (closing) => {
    const sound = await speech(closing);
    const seconds = sound.length / 48_000;
    assert.ok(seconds > 1.5 && seconds < 8, `${seconds} s of speech`);
});

await scenario('agents: a tool runs', async (closing) => {
    const session = await connect(closing, { agent: { tools: [weather()] }, config: text });
    session.sendMessage('What is the weather in Porto?');
    const ended = await session.seen.next('agent_tool_end');
    assert.equal(ended.details[3], 'It rains in Porto.');
    await session.wire.next('response.done', (event) => event.response.output[0]?.type === 'message');
    assert.match(lastAnswer(session), /rains in Porto/);
    const call = session.history.find((item) => item.type === 'function_call');
    assert.equal(call.status, 'completed');
    assert.equal(call.output, 'It rains in Porto.');
    assertAllUnderstood(session);
});

await scenario('agents: a tool waits for approval', async (closing) => {
    const session = await connect(closing, { agent: { tools: [weather({ needsApproval: true })] }, config: text });
    session.sendMessage('What is the weather in Porto?');
    const asked = await session.seen.next('tool_approval_requested');
    assert.equal(session.seen.of('agent_tool_end').length, 0);
    await session.approve(asked.details[2].approvalItem);
    await session.wire.next('response.done', (event) => event.response.output[0]?.type === 'message');
    assert.match(lastAnswer(session), /rains in Porto/);
});

await scenario('agents: a tool is rejected', async (closing) => {
    const session = await connect(closing, { agent: { tools: [weather({ needsApproval: true })] }, config: text });
    session.sendMessage('What is the weather in Porto?');
    const asked = await session.seen.next('tool_approval_requested');
    await session.reject(asked.details[2].approvalItem);
    await session.wire.next('response.done', (event) => event.response.output[0]?.type === 'message');
    assert.doesNotMatch(lastAnswer(session), /rains in Porto/);
});

await scenario('agents: a spoken turn', async (closing) => {
    const sound = await speech(closing);
    const session = await connect(closing);
    say(session, sound);
    say(session, silence(1_500));
    const started = await session.wire.next('input_audio_buffer.speech_started');
    await session.wire.next('input_audio_buffer.speech_stopped');
    await session.wire.next('input_audio_buffer.committed', (event) => event.item_id === started.item_id);
    await session.wire.next('response.done', (event) => event.response.status === 'completed');
    assert.deepEqual(session.history.map((item) => item.role), ['user', 'assistant']);
    assertAllUnderstood(session);
});

await scenario('agents: a spoken turn is written down', async (closing) => {
    const sound = await speech(closing);
    const session = await connect(closing);
    say(session, sound);
    say(session, silence(1_500));
    const completed = await session.wire.next('conversation.item.input_audio_transcription.completed');
    await session.wire.next('conversation.item.retrieved', (event) => event.item.id === completed.item_id);
    const user = session.history.find((item) => item.role === 'user');
    assert.equal(user.content[0].transcript, completed.transcript);
    assertAllUnderstood(session);
});

await scenario('agents: an interruption truncates', async (closing) => {
    const sound = await speech(closing);
    const session = await connect(closing);
    session.sendMessage('Tell me a long story.');
    await session.seen.next('audio');
    say(session, sound);
    await session.seen.next('audio_interrupted');
    const done = await session.wire.next('response.done');
    assert.equal(done.response.status, 'cancelled');
    assert.equal(done.response.status_details.reason, 'turn_detected');
    const truncated = await session.wire.next('conversation.item.truncated');
    assert.equal(truncated.item_id, done.response.output[0].id);
    await session.wire.next('conversation.item.retrieved', (event) => event.item.id === truncated.item_id);
    say(session, silence(1_500));
    await session.wire.next('response.done', (event) => event.response.status === 'completed');
    assertAllUnderstood(session);
});

await scenario('agents: push to talk', async (closing) => {
    const sound = await speech(closing);
    const session = await connect(closing, { config: { audio: { input: { turnDetection: null } } } });
    session.sendAudio(arrayBuffer(sound), { commit: true });
    await session.wire.next('input_audio_buffer.committed');
    assert.ok(!session.wire.types().includes('input_audio_buffer.speech_started'));
    session.transport.requestResponse();
    await session.wire.next('response.done', (event) => event.response.status === 'completed');
    assertAllUnderstood(session);
});

await scenario('agents: a handoff between two agents', async (closing) => {
    const refunds = new RealtimeAgent({
        name: 'Refunds',
        handoffDescription: 'Gives money back.',
        instructions: 'You are the refunds desk.',
    });
    const session = await connect(closing, { agent: { handoffs: [refunds] }, config: text });
    session.sendMessage('Please transfer me to refunds.');
    const handoff = await session.seen.next('agent_handoff');
    assert.equal(handoff.details[2].name, 'Refunds');
    await session.wire.next('session.updated', (event) => event.session.instructions === 'You are the refunds desk.');
    await session.wire.next('response.done', (event) => event.response.output[0]?.type === 'message');
    assert.equal(session.currentAgent.name, 'Refunds');
    assertAllUnderstood(session);
});

await scenario('agents: a tool of an MCP server', async (closing) => {
    const session = await connect(closing, {
        agent: { tools: [hostedMcpTool({ serverLabel: 'manual', serverUrl: 'https://manual.example/mcp' })] },
        config: text,
    });
    await session.seen.next('mcp_tools_changed', (event) => event.details[0].length > 0);
    assert.deepEqual(session.availableMcpTools.map((each) => each.name), ['search_manual']);
    session.sendMessage('Search the manual for voices.');
    const completed = await session.seen.next('mcp_tool_call_completed');
    assert.match(completed.details[2].output, /page 7/);
    await session.wire.next('response.done', (event) => event.response.output.at(-1)?.type === 'message');
    assertAllUnderstood(session);
});

await scenario('agents: history is edited on the server', async (closing) => {
    const session = await connect(closing, { config: text });
    session.sendMessage('Say: one.');
    await session.seen.next('agent_end');
    session.updateHistory((history) => history.filter((item) => item.role === 'user'));
    await session.wire.next('conversation.item.deleted');
    assert.deepEqual(session.history.map((item) => item.role), ['user']);
    assertAllUnderstood(session);
});

await scenario('agents: an error event', async (closing) => {
    const session = await connect(closing, { expectErrors: true });
    session.transport.sendEvent({ type: 'session.update', event_id: 'evt_bad', session: { type: 'realtime', colour: 1 } });
    const error = await session.wire.next('error');
    assert.equal(error.error.code, 'unknown_parameter');
    assert.equal(error.error.event_id, 'evt_bad');
    await session.seen.next('error');
    assertAllUnderstood(session);
});

await scenario('agents: the transport alone', async (closing) => {
    const transport = closing(new OpenAIRealtimeWebSocket({ url, model, useInsecureApiKey: true }));
    const wire = new Events();
    transport.on('*', (event) => wire.add(event));
    await transport.connect({ apiKey, initialSessionConfig: text });
    await wire.next('session.updated');
    transport.sendMessage('Say: hello.', {});
    const done = await wire.next('response.done');
    assert.equal(done.response.status, 'completed');
});
