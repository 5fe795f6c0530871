// A list of messages that stays true: fetched once, then kept by the stream. The main column has one, the thread pane
// another.

import { get, Refused } from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { dateOf, dayName, messageNode, newSurface } from "./message.js";
import { positionIn, restore } from "./position.js";
import { nameOf } from "./world.js";

const TOGETHER_FOR_S = 300;
const NEAR_END_PX = 60;
const announcer = document.getElementById("announcer");
// A dismissed ephemeral message stays away though the server still lists it.
const dismissed = new Set();

export class MessageList {
  /** @param {{as: string, channel: string, thread?: string, empty: string, label: string}} options */
  constructor({ as, channel, thread = null, empty, label }) {
    Object.assign(this, { as, channel, thread, emptyWords: empty });
    this.entries = new Map();
    this.loading = null;
    this.late = null; // events that came while the messages were being fetched
    this.list = el("ol", { class: "messages", "aria-label": label });
    this.notice = el("div", { class: "empty" });
    this.newer = el(
      "button",
      { type: "button", class: "newer", hidden: true, on: { click: () => this.toEnd() } },
      icon("arrow"),
      "New messages",
    );
    this.scroller = el(
      "div",
      { class: "scroller", tabindex: "0", role: "region", "aria-label": label },
      this.notice,
      this.list,
    );
    this.node = el("div", { class: "scroller-holder" }, this.scroller, this.newer);
    // Whoever is at the end stays there while images arrive and cards grow.
    this.pinned = true;
    this.scroller.addEventListener("scroll", () => {
      this.pinned = this.atEnd();
      if (this.pinned) this.newer.hidden = true;
    });
    const growth = new ResizeObserver(() => this.pinned && this.toEnd());
    growth.observe(this.list);
    growth.observe(this.scroller);
  }

  /** Fetches all messages; a second wish while that runs waits for the same answer. */
  load() {
    this.loading ??= this.fetchAll().finally(() => (this.loading = null));
    return this.loading;
  }

  async fetchAll() {
    if (!this.entries.size) this.say("Loading messages…");
    this.late = [];
    try {
      const { messages } = await get("/demo/messages", { as: this.as, channel: this.channel, thread_ts: this.thread });
      const kept = new Set(messages.map((message) => message.ts));
      for (const ts of [...this.entries.keys()]) if (!kept.has(ts)) this.remove(ts);
      for (const message of messages) this.put(message);
      const late = this.late;
      this.late = null;
      for (const event of late) this.receive(event);
      this.settle();
      if (this.pinned) this.toEnd();
    } catch (error) {
      this.late = null;
      if (!(error instanceof Refused)) throw error;
      this.say(
        error.message,
        el("button", { type: "button", class: "button", text: "Try again", on: { click: () => this.load() } }),
      );
    }
  }

  /** Whether a message of this channel stands in this list. */
  belongs(message) {
    if (message.channel !== this.channel) return false;
    const isReply = message.thread_ts && message.thread_ts !== message.ts;
    if (this.thread) return message.ts === this.thread || message.thread_ts === this.thread;
    return !isReply || message.subtype === "thread_broadcast";
  }

  /** Takes a message, changed or deleted event of the stream. */
  receive(event) {
    if (this.late) {
      this.late.push(event);
      return;
    }
    if (event.type === "deleted") {
      if (event.channel === this.channel) this.remove(event.ts);
      this.settle();
      return;
    }
    if (!this.belongs(event.message)) return;
    const isNew = !this.entries.has(event.message.ts);
    const node = this.put(event.message);
    this.settle();
    if (this.pinned || (isNew && event.message.user === this.as)) this.toEnd();
    else if (isNew) this.newer.hidden = false;
    if (isNew && node) {
      const words = node.querySelector(".message-body").innerText;
      announcer.textContent = `${nameOf(event.message.user)}: ${words.slice(0, 300)}`;
    }
  }

  put(message) {
    if (dismissed.has(message.ts)) return null;
    const before = this.entries.get(message.ts);
    const surface = before?.surface ?? newSurface(this.as, message);
    const onDismiss = () => {
      dismissed.add(message.ts);
      this.remove(message.ts);
      this.settle();
    };
    const position = before && positionIn(before.node);
    const node = messageNode(message, surface, { threadLinks: !this.thread, onDismiss });
    this.entries.set(message.ts, { message, surface, node });
    if (before) {
      before.node.replaceWith(node);
      restore(node, position);
    } else {
      let next = null;
      for (
        let item = this.list.lastElementChild;
        item && item.dataset.ts > message.ts;
        item = item.previousElementSibling
      )
        next = item;
      this.list.insertBefore(node, next);
    }
    return node;
  }

  remove(ts) {
    this.entries.get(ts)?.node.remove();
    this.entries.delete(ts);
  }

  /** Day headings, and messages of one author in a row that share their name; both depend on the neighbours. */
  settle() {
    let last = null;
    for (const node of this.list.children) {
      const { message } = this.entries.get(node.dataset.ts);
      const day = dayName(dateOf(message));
      const sameDay = last && dayName(dateOf(last)) === day;
      const together =
        sameDay &&
        last.user === message.user &&
        !last.ephemeral &&
        !message.ephemeral &&
        message.ts - last.ts < TOGETHER_FOR_S;
      node.classList.toggle("continued", Boolean(together));
      node.querySelector(":scope > .day")?.remove();
      if (!sameDay) node.prepend(el("div", { class: "day", role: "separator" }, el("span", { text: day })));
      last = message;
    }
    if (last) this.notice.replaceChildren();
    else this.say(this.emptyWords);
  }

  say(words, ...more) {
    this.notice.replaceChildren(el("p", { text: words }), ...more);
  }

  atEnd() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR_END_PX;
  }

  toEnd() {
    this.pinned = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.newer.hidden = true;
  }
}
