// Runs scenarios one after the other, one line each, and waits for events instead of time.

export const plainUrl = process.env.REALTIME_URL;
export const tlsUrl = process.env.REALTIME_TLS_URL;
export const apiKey = process.env.OPENAI_API_KEY ?? 'sk-peers';
export const model = process.env.REALTIME_MODEL ?? 'gpt-realtime';

const patience = 30_000;
const tally = { passed: 0, failed: 0 };

/** Runs one scenario; what it opens through `closing(...)` is closed afterwards, in reverse. */
export async function scenario(name, run) {
    const opened = [];
    const started = performance.now();
    try {
        await run((closeable) => {
            opened.push(closeable);
            return closeable;
        });
        tally.passed++;
        console.log(`ok    ${name} (${Math.round(performance.now() - started)} ms)`);
    } catch (error) {
        tally.failed++;
        console.log(`FAIL  ${name}: ${error?.stack ?? JSON.stringify(error)}`);
    } finally {
        for (const closeable of opened.reverse()) {
            closeable.close();
        }
    }
}

export function finish() {
    console.log(`${tally.passed} passed, ${tally.failed} failed`);
    process.exit(tally.failed === 0 && tally.passed > 0 ? 0 : 1);
}

/** A list of events that can be waited on. */
export class Events {
    #all = [];
    #waiting = new Set();
    #failure;

    add(event) {
        this.#all.push(event);
        this.#waiting.forEach((look) => look());
    }

    /** Ends all waiting, now and later. */
    fail(error) {
        this.#failure ??= error;
        this.#waiting.forEach((look) => look());
    }

    get all() {
        return [...this.#all];
    }

    types() {
        return this.#all.map((event) => event.type);
    }

    of(type) {
        return this.#all.filter((event) => event.type === type);
    }

    /** The next event that fits and was not waited for before; what comes before it is passed over. */
    #seen = 0;

    next(wanted, fits = () => true) {
        return new Promise((resolve, reject) => {
            const done = (settle, value) => {
                clearTimeout(deadline);
                this.#waiting.delete(look);
                settle(value);
            };
            const look = () => {
                while (this.#seen < this.#all.length) {
                    const event = this.#all[this.#seen++];
                    if (event.type === wanted && fits(event)) {
                        done(resolve, event);
                        return;
                    }
                }
                if (this.#failure) {
                    done(reject, this.#failure);
                }
            };
            const deadline = setTimeout(
                () => done(reject, new Error(`No ${wanted} within ${patience} ms, only ${this.types().slice(-20)}`)),
                patience);
            this.#waiting.add(look);
            look();
        });
    }
}

/** The sound of these `response.output_audio.delta` events: 24 kHz PCM. */
export function soundOf(deltas) {
    return Buffer.concat(deltas.map((event) => Buffer.from(event.delta, 'base64')));
}

export const silence = (millis) => Buffer.alloc(millis * 48);

/** Pieces of 100 ms. */
export function* pieces(pcm) {
    for (let at = 0; at < pcm.length; at += 4_800) {
        yield pcm.subarray(at, at + 4_800);
    }
}
