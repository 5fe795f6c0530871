// Where a person writes: Enter sends; `/`, `@` and `#` bring up what they may mean.

import { el, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { whileBusy } from "./elements.js";
import { post, Refused, upload } from "./api.js";
import { attachPopup } from "./popup.js";
import { toastRefusal } from "./toasts.js";
import { avatar, nameOf, world } from "./world.js";

// What a person left unsent, by channel and thread.
const drafts = new Map();

/** @param {{as: string, channel: string, thread?: string, placeholder: string}} where */
export function composer({ as, channel, thread = null, placeholder }) {
  const key = `${as}/${channel}/${thread ?? ""}`;
  const listId = freshId("completions");
  const input = el("textarea", {
    class: "composer-input",
    rows: 1,
    placeholder,
    "aria-label": placeholder,
    "aria-autocomplete": "list",
    "aria-controls": listId,
    data: { testid: thread ? "thread-composer" : "composer" },
  });
  const hint = el("p", { class: "command-hint", role: "status", hidden: true });
  const failed = el("p", { class: "composer-error", role: "alert", data: { testid: "composer-error" }, hidden: true });
  const send = el(
    "button",
    {
      type: "submit",
      class: "icon-button send",
      "aria-label": "Send",
      title: "Send",
      data: { testid: thread ? "thread-send" : "send" },
    },
    icon("send"),
  );
  const chooser = el("input", {
    type: "file",
    class: "hidden-visually",
    tabindex: "-1",
    "aria-label": "Choose a file to share",
  });
  const attach = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Share a file",
      title: "Share a file",
      on: { click: () => chooser.click() },
    },
    icon("clip"),
  );
  const list = el("div", { id: listId, role: "listbox", "aria-label": "Suggestions", class: "choices" });
  const box = el(
    "div",
    { class: "composer-box" },
    input,
    el(
      "div",
      { class: "composer-tools" },
      attach,
      el("span", { class: "keys", text: "Shift + Enter for a new line" }),
      send,
    ),
  );
  const form = el("form", { class: "composer" }, hint, failed, box, list, chooser);
  const popup = attachPopup(box, list, { above: true, onClose: closed });
  let found = [];
  let active = 0;

  input.value = drafts.get(key) ?? "";

  function closed() {
    list.replaceChildren();
    input.removeAttribute("aria-activedescendant");
  }

  function grow() {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, 180)}px`;
  }

  function changed() {
    drafts.set(key, input.value);
    failed.hidden = true;
    const { command } = world;
    const begun = command && new RegExp(`^${command.command}(\\s|$)`).test(input.value);
    hint.hidden = !begun;
    if (begun) hint.replaceChildren(el("code", { text: command.command }), ` ${command.usage_hint ?? ""}`);
    grow();
    suggest();
  }

  function suggest() {
    found = completions(input);
    active = 0;
    if (!found.length) {
      popup.close();
      return;
    }
    list.replaceChildren(
      ...found.map((each, index) => {
        const row = el(
          "div",
          {
            class: "choice",
            role: "option",
            id: `${listId}-${index}`,
            "aria-selected": "false",
            data: { testid: "choice" },
          },
          each.picture?.(),
          el(
            "span",
            { class: "choice-words" },
            el("span", { text: each.label }),
            el("small", { text: each.description }),
          ),
        );
        row.addEventListener("pointerdown", (event) => event.preventDefault());
        row.addEventListener("click", () => complete(each));
        return row;
      }),
    );
    popup.open();
    point(0);
  }

  function point(index) {
    active = (index + found.length) % found.length;
    [...list.children].forEach((row, at) => {
      row.classList.toggle("active", at === active);
      row.setAttribute("aria-selected", String(at === active));
    });
    list.children[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `${listId}-${active}`);
  }

  function complete({ from, text }) {
    input.setRangeText(text, from, input.selectionStart, "end");
    popup.close();
    input.focus();
    changed();
    popup.close();
  }

  let queue = Promise.resolve();

  /** Messages go out in the order they were written, while the next one is being typed. */
  function submit() {
    const text = input.value.trim();
    if (!text) return;
    popup.close();
    input.value = "";
    changed();
    queue = queue.then(() => whileBusy(send, () => deliver(text)));
  }

  async function deliver(text) {
    try {
      await post("/demo/message", { as, channel, text, ...(thread ? { thread_ts: thread } : {}) });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!input.value) {
        input.value = text;
        changed();
      }
      failed.textContent = error.message;
      failed.hidden = false;
    }
  }

  input.addEventListener("input", changed);
  input.addEventListener("blur", () => popup.close());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (popup.isOpen && event.key in steps) {
      event.preventDefault();
      point(active + steps[event.key]);
    } else if (popup.isOpen && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      popup.close();
    } else if (popup.isOpen && (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey))) {
      event.preventDefault();
      complete(found[active]);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  chooser.addEventListener("change", () => {
    const [file] = chooser.files;
    chooser.value = "";
    if (file) whileBusy(attach, () => upload({ as, channel, thread_ts: thread }, file).catch(toastRefusal));
  });

  return { node: form, focus: () => input.focus(), ready: changed };
}

/** What the word at the caret may become: `{from, text, label, description, picture?}`, best first. */
function completions(input) {
  const before = input.value.slice(0, input.selectionStart);
  const { command } = world;
  if (command && before.startsWith("/") && command.command.startsWith(before) && before !== command.command) {
    return [
      {
        from: 0,
        text: `${command.command} `,
        label: `${command.command} ${command.usage_hint ?? ""}`,
        description: command.description,
      },
    ];
  }
  const word = /(^|[\s(])([@#])([^\s@#]*)$/.exec(before);
  if (!word) return [];
  const [, , mark, typed] = word;
  const from = before.length - typed.length - 1;
  const wanted = typed.toLowerCase();
  const all =
    mark === "@"
      ? [...world.people.values()]
          .filter((person) => !person.deleted)
          .map((person) => ({
            from,
            text: `@${person.name} `,
            label: nameOf(person.id),
            description: [`@${person.name}`, person.title].filter(Boolean).join(" · "),
            picture: () => avatar(person.id),
          }))
      : [...world.channels.values()]
          .filter((channel) => !channel.is_im)
          .map((channel) => ({
            from,
            text: `#${channel.name} `,
            label: `#${channel.name}`,
            description: channel.topic ?? "",
          }));
  return all
    .filter(({ text, label }) =>
      [text.slice(1), label, ...label.split(" ")].some((words) => words.toLowerCase().startsWith(wanted)),
    )
    .slice(0, 8);
}
