// The question that an app may put before an action.

import { el } from "./dom.js";
import { plain, textNodes } from "./mrkdwn.js";

/** Shows a confirm object; resolves to whether the person agreed. Esc means no. */
export function askConfirm(confirm) {
  return new Promise((resolve) => {
    const answer = (value) => () => dialog.close(value);
    const dialog = el(
      "dialog",
      { class: "confirm", "aria-label": plain(confirm.title), data: { testid: "confirm" } },
      el("h2", { text: plain(confirm.title) }),
      el("div", { class: "confirm-text" }, textNodes(confirm.text)),
      el(
        "div",
        { class: "dialog-actions" },
        el("button", {
          type: "button",
          class: "button",
          data: { testid: "confirm-no" },
          text: plain(confirm.deny),
          on: { click: answer("no") },
        }),
        el("button", {
          type: "button",
          class: confirm.style === "danger" ? "button danger" : "button primary",
          data: { testid: "confirm-yes" },
          text: plain(confirm.confirm),
          on: { click: answer("yes") },
        }),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
