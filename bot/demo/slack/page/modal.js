// The person's stack of modals; the top one is shown, the ones under it keep what was typed into them.

import { post, Refused } from "./api.js";
import { blocksNode } from "./blocks.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { plain } from "./mrkdwn.js";
import { positionIn, restore } from "./position.js";
import { Surface } from "./surface.js";
import { toastRefusal } from "./toasts.js";

export class Modals {
  constructor(as, currentChannel) {
    this.as = as;
    this.currentChannel = currentChannel;
    this.stack = [];
    this.surfaces = new Map();
    this.sending = false;
    this.dialog = null;
  }

  /** Takes the whole stack as the server has it. */
  show(stack) {
    this.stack = stack;
    this.sending = false;
    const kept = new Map();
    for (const view of stack) {
      const surface =
        this.surfaces.get(view.id) ?? new Surface(this.as, { type: "view", view_id: view.id }, this.currentChannel());
      surface.show(view.blocks);
      kept.set(view.id, surface);
    }
    this.surfaces = kept;
    this.redraw();
  }

  /** Takes the modals away without telling the app: somebody else acts now. */
  dispose() {
    this.show([]);
  }

  get top() {
    return this.stack.at(-1);
  }

  redraw() {
    if (!this.top) {
      this.dialog?.close();
      this.dialog?.remove();
      this.dialog = null;
      return;
    }
    const { id, hash = "" } = this.top;
    const same = this.dialog?.dataset.viewId === id;
    if (same && hash && this.dialog.dataset.hash === hash) {
      this.setSending(this.dialog.querySelector("form"), false);
      return;
    }
    const position = same ? positionIn(this.dialog) : null;
    this.dialog ??= this.newDialog();
    this.dialog.dataset.viewId = id;
    this.dialog.dataset.hash = hash;
    this.dialog.dataset.callbackId = this.top.callback_id ?? "";
    this.dialog.querySelector("form")?.remove();
    this.dialog.prepend(this.form(this.top));
    if (!this.dialog.open) this.dialog.showModal();
    if (position) restore(this.dialog, position);
    else focusFirst(this.dialog);
  }

  newDialog() {
    const dialog = el("dialog", { class: "modal", "aria-labelledby": "modal-title", data: { testid: "modal" } });
    dialog.addEventListener("cancel", (event) => {
      // Also raised by a file chooser inside, which must not close the modal.
      if (event.target !== dialog) return;
      event.preventDefault();
      this.close(false);
    });
    // Browsers let a second Esc in a row through the cancel event.
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      this.close(false);
    });
    document.body.append(dialog);
    return dialog;
  }

  form(view) {
    const deep = this.stack.length > 1;
    const surface = this.surfaces.get(view.id);
    const hasInputs = view.blocks.some((block) => block.type === "input");
    const submit =
      (view.submit || hasInputs) &&
      el("button", {
        type: "submit",
        class: "button primary",
        data: { testid: "modal-submit" },
        text: plain(view.submit) || "Submit",
      });
    const form = el(
      "form",
      { novalidate: true },
      el(
        "header",
        { class: "modal-head" },
        deep &&
          el(
            "button",
            {
              type: "button",
              class: "icon-button",
              "aria-label": "Back",
              data: { testid: "modal-back" },
              on: { click: () => this.close(false) },
            },
            icon("back"),
          ),
        el("h2", { id: "modal-title", text: plain(view.title) }),
        el(
          "button",
          {
            type: "button",
            class: "icon-button",
            "aria-label": deep ? "Close all" : "Close",
            data: { testid: "modal-close" },
            on: { click: () => this.close(true) },
          },
          icon("close"),
        ),
      ),
      el("div", { class: "modal-body", tabindex: "-1" }, blocksNode(surface)),
      el("p", { class: "modal-error", role: "alert", data: { testid: "modal-error" }, hidden: true }),
      el(
        "footer",
        { class: "dialog-actions" },
        el("span", { class: "modal-app", text: "Sending…", hidden: true, role: "status" }),
        el("button", {
          type: "button",
          class: "button",
          data: { testid: "modal-cancel" },
          text: plain(view.close) || (submit ? "Cancel" : "Close"),
          on: { click: () => this.close(false) },
        }),
        submit,
      ),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit(view, form);
    });
    return form;
  }

  /** Closes the top modal, or all of them with `clear`, and tells the app. */
  async close(clear) {
    const view = this.top;
    if (!view) return;
    this.show(clear ? [] : this.stack.slice(0, -1));
    try {
      await post("/demo/view/close", { as: this.as, view_id: view.id, clear });
    } catch (error) {
      toastRefusal(error);
    }
  }

  async submit(view, form) {
    if (this.sending) return;
    const surface = this.surfaces.get(view.id);
    this.setSending(form, true);
    try {
      // After a yes the stream tells what becomes of the modal, which ends the waiting. A stream that had to be opened
      // anew begins with that.
      await post("/demo/view/submit", { as: this.as, view_id: view.id, state: surface.state() });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.setSending(form, false);
      this.showErrors(form, error.errors ?? {}, error.errors ? "" : error.message);
    }
  }

  setSending(form, sending) {
    this.sending = sending;
    const button = form.querySelector("[type=submit]");
    if (!button) return;
    button.disabled = sending;
    button.classList.toggle("busy", sending);
    form.querySelector(".modal-app").hidden = !sending;
  }

  showErrors(form, errors, words = "") {
    const general = [words];
    for (const node of form.querySelectorAll(".block-input")) {
      const note = node.querySelector(".input-error");
      const wrong = errors[node.dataset.blockId] ?? "";
      note.textContent = wrong;
      note.hidden = !wrong;
      node.classList.toggle("wrong", Boolean(wrong));
      for (const input of node.querySelectorAll("[data-action-id]"))
        input.setAttribute("aria-invalid", String(Boolean(wrong)));
    }
    for (const [blockId, wrong] of Object.entries(errors)) {
      if (!form.querySelector(`.block-input[data-block-id="${CSS.escape(blockId)}"]`)) general.push(wrong);
    }
    const banner = form.querySelector(".modal-error");
    banner.textContent = general.filter(Boolean).join(" ");
    banner.hidden = !banner.textContent;
    const first = form.querySelector(".block-input.wrong");
    first?.scrollIntoView({ block: "nearest" });
    first?.querySelector("input, textarea, select")?.focus();
  }
}

function focusFirst(dialog) {
  const wanted =
    dialog.querySelector("[autofocus]") ??
    dialog.querySelector(".modal-body :is(input, textarea):not([type=hidden])") ??
    dialog.querySelector("[type=submit]") ??
    dialog.querySelector(".modal-body");
  wanted.focus();
}
