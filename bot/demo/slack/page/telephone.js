// The Telephone panel: the outside world rings one of the simulated lines.

import { get, post, Refused } from "./api.js";
import { el, freshId } from "./dom.js";
import { whileBusy } from "./elements.js";
import { icon } from "./icons.js";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const STATES = { ringing: "Ringing", menu: "Menu", voicemail: "Voicemail", answered: "Answered", ended: "Ended" };
const OUTCOMES = { answered: "Answered", missed: "Missed", voicemail: "Left a voicemail", busy: "Busy" };

export class Telephone {
  constructor(panel, onClose) {
    Object.assign(this, { panel, onClose });
    this.calls = new Map(); // newest first
    this.voicemails = new Map(); // what is being dictated, by call
    this.steps = new Map(); // whether the list of steps is open, by call and whether it has ended
    this.names = new Map(); // of known callers, by number
    this.setUp = el("div", {});
    this.running = el("div", { class: "calls", "aria-live": "polite" });
    this.recent = el("div", {});
    panel.replaceChildren(
      el(
        "header",
        { class: "column-head" },
        el("h2", {}, icon("phone"), "Telephone"),
        el(
          "button",
          {
            type: "button",
            class: "icon-button",
            "aria-label": "Hide the telephone",
            data: { testid: "telephone-close" },
            on: { click: onClose },
          },
          icon("close"),
        ),
      ),
      el("div", { class: "telephone-body" }, this.running, this.setUp, this.recent),
    );
  }

  async load() {
    this.setUp.replaceChildren(el("p", { class: "muted", text: "Loading the lines…" }));
    try {
      const { callers, lines } = await get("/demo/phone");
      this.names = new Map(callers.map(({ number, name }) => [number, name]));
      this.drawSetUp(callers, lines);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.setUp.replaceChildren(
        el("p", { class: "wrong-words", role: "alert", text: error.message }),
        el("button", { type: "button", class: "button", text: "Try again", on: { click: () => this.load() } }),
      );
    }
  }

  drawSetUp(callers, lines) {
    const several = new Set(lines.map((line) => line.account)).size > 1;
    const choose = (label, testid, options) => {
      const id = freshId("phone");
      return el(
        "div",
        {},
        el("label", { class: "input-label", for: id, text: label }),
        el("select", { id, class: "input", data: { testid } }, options),
      );
    };
    const problem = el("p", { class: "wrong-words", role: "alert", hidden: true });
    const call = el(
      "button",
      { type: "submit", class: "button primary wide", data: { testid: "phone-call" } },
      icon("phone"),
      "Call",
    );
    const form = el(
      "form",
      { class: "dial" },
      el("p", { class: "muted", text: "Be somebody outside who rings one of your lines." }),
      choose("Ring from", "phone-from", [
        ...callers.map(({ number, name }) =>
          el("option", { value: number, text: name ? `${name} · ${number}` : number }),
        ),
        el("option", { value: "anonymous", text: "Withheld number" }),
      ]),
      choose(
        "Ring",
        "phone-to",
        lines.map((line) =>
          el("option", {
            value: line.number,
            text: `${line.name} · ${line.number}${several ? ` (${line.account})` : ""}`,
          }),
        ),
      ),
      problem,
      call,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const [from, to] = form.querySelectorAll("select");
      whileBusy(call, async () => {
        try {
          this.receive((await post("/demo/phone/calls", { from: from.value, to: to.value })).call);
          problem.hidden = true;
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          problem.textContent = error.message;
          problem.hidden = false;
        }
      });
    });
    this.setUp.replaceChildren(lines.length ? form : el("p", { class: "muted", text: "There are no lines to ring." }));
  }

  /** A call as it is now, from an answer or from the stream. */
  receive(call) {
    if (this.calls.has(call.id)) this.calls.set(call.id, call);
    else this.calls = new Map([[call.id, call], ...this.calls]);
    this.draw();
  }

  draw() {
    const calls = [...this.calls.values()];
    const focus = this.running.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
    this.running.replaceChildren(...calls.filter((call) => call.state !== "ended").map((call) => this.card(call)));
    const ended = calls.filter((call) => call.state === "ended");
    this.recent.replaceChildren(
      ...(ended.length
        ? [
            el("h3", { text: "Recent calls" }),
            el(
              "ul",
              { class: "recent" },
              ended.slice(0, 12).map((call) => this.entry(call)),
            ),
          ]
        : []),
    );
    if (focus) this.running.querySelector(`[data-testid="${CSS.escape(focus)}"]:not(:disabled)`)?.focus();
  }

  card(call) {
    const can = new Set(call.can);
    const problem = el("p", { class: "wrong-words", role: "alert", hidden: true });
    const act = async (node, body) =>
      whileBusy(node, async () => {
        try {
          this.receive((await post(`/demo/phone/calls/${encodeURIComponent(call.id)}`, body)).call);
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          problem.textContent = error.message;
          problem.hidden = false;
        }
      });
    const button = (what, testid, words, style = "") =>
      can.has(what) &&
      el("button", {
        type: "button",
        class: `button ${style}`,
        data: { testid },
        text: words,
        on: { click: (event) => act(event.currentTarget, { do: what }) },
      });
    return el(
      "article",
      {
        class: `call call-${call.state}`,
        "aria-label": `Call from ${this.caller(call)}`,
        data: { testid: "phone-running", callId: call.id },
      },
      el(
        "header",
        { class: "call-head" },
        el("span", { class: "call-state", data: { testid: "phone-state" }, text: STATES[call.state] ?? call.state }),
        el("span", { class: "call-who", text: `${this.caller(call)} → ${lineOf(call)}` }),
      ),
      call.says &&
        el(
          "div",
          { class: "hears" },
          el("small", { text: "Now" }),
          el("p", { data: { testid: "phone-says" }, text: call.says }),
        ),
      can.has("press") && this.keypad(call, act),
      el(
        "div",
        { class: "call-actions" },
        button("answer", "phone-answer", "Answer", "primary"),
        button("ring_out", "phone-ring-out", call.state === "menu" ? "Press nothing" : "Let it ring out"),
        button("hang_up", "phone-hang-up", "Hang up", "danger"),
      ),
      can.has("leave_voicemail") && this.voicemail(call, act),
      problem,
      this.stepsOf(call, true),
    );
  }

  keypad(call, act) {
    const wanted = call.digits?.length ? new Set(call.digits) : new Set(KEYS);
    return el(
      "div",
      { class: "keypad", role: "group", "aria-label": "Keypad" },
      KEYS.map((digit) =>
        el("button", {
          type: "button",
          class: "key",
          text: digit,
          disabled: !wanted.has(digit),
          data: { testid: `phone-digit-${digit}` },
          on: { click: (event) => act(event.currentTarget, { do: "press", digit }) },
        }),
      ),
    );
  }

  voicemail(call, act) {
    const id = freshId("voicemail");
    const words = el("textarea", { id, class: "input", rows: 2, data: { testid: "phone-voicemail-text" } });
    words.value = this.voicemails.get(call.id) ?? "Hello, please call me back.";
    words.addEventListener("input", () => this.voicemails.set(call.id, words.value));
    const leave = el("button", {
      type: "button",
      class: "button primary wide",
      data: { testid: "phone-voicemail" },
      text: "Leave voicemail",
    });
    leave.addEventListener("click", () => act(leave, { do: "leave_voicemail", text: words.value.trim() }));
    return el(
      "div",
      { class: "voicemail" },
      el("label", { class: "input-label", for: id, text: "What the caller says" }),
      words,
      leave,
    );
  }

  stepsOf(call, open) {
    if (!call.steps?.length) return null;
    const key = `${call.id}/${open}`;
    const remember = () => this.steps.set(key, !details.open);
    const details = el(
      "details",
      { open: this.steps.get(key) ?? open },
      el("summary", { text: open ? `So far (${call.steps.length})` : "What happened", on: { click: remember } }),
      el(
        "ol",
        { class: "steps" },
        call.steps.map((step) => el("li", { text: step })),
      ),
    );
    return details;
  }

  caller({ from }) {
    return !from || from === "anonymous" ? "Withheld number" : this.names.get(from) || from;
  }

  entry(call) {
    const outcome = call.outcome ?? "ended";
    return el(
      "li",
      { data: { testid: "phone-recent", callId: call.id } },
      el(
        "p",
        {},
        el("span", { class: `outcome outcome-${outcome}`, text: OUTCOMES[outcome] ?? STATES[outcome] ?? outcome }),
        el("span", { text: `${this.caller(call)} → ${lineOf(call)}` }),
      ),
      this.stepsOf(call, false),
    );
  }
}

/** The line's name where the server gives one, else the number that was rung. */
function lineOf(call) {
  return call.line?.name ?? call.line ?? call.to;
}
