// Short notices in the corner.

import { Refused } from "./api.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";

const SHOWN_FOR_MS = 8000;
const region = document.getElementById("toasts");

/** What lies outside an open modal dialog can be neither clicked nor read aloud, so the notices follow the dialog. */
function settle() {
  const dialogs = document.querySelectorAll("dialog[open]");
  const host = dialogs.length ? dialogs[dialogs.length - 1] : document.body;
  if (region.parentNode !== host) host.append(region);
}
document.addEventListener("close", settle, true);

export function toast(words, { bad = false } = {}) {
  settle();
  const note = el(
    "div",
    { class: bad ? "toast bad" : "toast", role: bad ? "alert" : "status", data: { testid: "toast" } },
    el("span", { text: words }),
    el(
      "button",
      { type: "button", class: "icon-button", "aria-label": "Dismiss", on: { click: () => note.remove() } },
      icon("close"),
    ),
  );
  region.append(note);
  setTimeout(() => note.remove(), SHOWN_FOR_MS);
}

/** Shows why something did not work. Anything but a refusal of the server is a fault of this page and is thrown on. */
export function toastRefusal(error) {
  if (!(error instanceof Refused)) throw error;
  toast(error.message, { bad: true });
}
