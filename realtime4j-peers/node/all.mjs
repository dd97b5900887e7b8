import { finish } from './scenarios.mjs';

await import('./sockets.mjs');
await import('./openai.mjs');
await import('./agents.mjs');
finish();
