// The demo server's JSON, and its stream of events.

/** The server said no, in words; `errors` has words per block when a modal's inputs were refused. */
export class Refused extends Error {
  constructor(words, errors = null) {
    super(words);
    this.errors = errors;
  }
}

async function answerOf(request) {
  let response;
  try {
    response = await request;
  } catch {
    throw new Refused("The demo server does not answer. Is it still running?");
  }
  const body = await response.json().catch(() => null);
  if (body?.ok) return body;
  throw new Refused(body?.error ?? `The demo server answered ${response.status}.`, body?.errors ?? null);
}

export function get(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  return answerOf(fetch(given.length ? `${path}?${new URLSearchParams(given)}` : path));
}

export function post(path, body) {
  return answerOf(
    fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  );
}

/** Sends one file the way a form would. */
export function upload(query, file) {
  const form = new FormData();
  form.append("file", file, file.name);
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  return answerOf(fetch(`/demo/upload?${new URLSearchParams(given)}`, { method: "POST", body: form }));
}

const RETRY_AFTER_MS = 2000;

/**
 * A person's live stream. The browser reconnects by itself after a network fault; after an HTTP error it gives up, so
 * this opens a new one. `onOpen(again)` tells whether events may have been missed before it.
 */
export class Stream {
  constructor(as, { onEvent, onOpen, onLost }) {
    this.address = `/demo/stream?${new URLSearchParams({ as })}`;
    this.listeners = { onEvent, onOpen, onLost };
    this.opened = false;
    this.ended = false;
    this.connect();
  }

  connect() {
    const { onEvent, onOpen, onLost } = this.listeners;
    this.source = new EventSource(this.address);
    this.source.onopen = () => {
      const again = this.opened;
      this.opened = true;
      onOpen(again);
    };
    this.source.onmessage = (message) => onEvent(JSON.parse(message.data));
    this.source.onerror = () => {
      if (this.ended) return;
      onLost();
      if (this.source.readyState === EventSource.CLOSED) {
        this.retry = setTimeout(() => this.connect(), RETRY_AFTER_MS);
      }
    };
  }

  close() {
    this.ended = true;
    clearTimeout(this.retry);
    this.source.close();
  }
}
