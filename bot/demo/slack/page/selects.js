// Select menus: one editable combobox (ARIA's pattern) for all kinds, fed from the element, the workspace or the app.

import { Refused } from "./api.js";
import { el, freshId } from "./dom.js";
import { icon } from "./icons.js";
import { plain } from "./mrkdwn.js";
import { attachPopup } from "./popup.js";
import { avatar, channelName, nameOf, world } from "./world.js";

const ASKED_AFTER_MS = 300;

export function isSelect(element) {
  return element.type.endsWith("_select");
}

// A choice is what stands in the list: `{key, label, description?, person?, raw}`; `raw` is the value that Slack's field
// holds.
const ofOption = (option) => ({
  key: option.value,
  label: plain(option.text),
  description: option.description ? plain(option.description) : "",
  raw: option,
});
const ofPerson = (id) => ({
  key: id,
  label: nameOf(id),
  description: world.people.get(id)?.title ?? "",
  person: id,
  raw: id,
});
const ofChannel = (id) => ({ key: id, label: channelName(id), description: "", raw: id });
const ofConversation = (id) => (world.people.has(id) ? ofPerson(id) : ofChannel(id));

function matching(groups, query) {
  const wanted = query.toLowerCase();
  return groups
    .map(({ label, choices }) => ({
      label,
      choices: choices.filter((choice) => `${choice.label} ${choice.description}`.toLowerCase().includes(wanted)),
    }))
    .filter((group) => group.choices.length);
}

const kindOf = (channel) => (channel.is_im ? "im" : channel.is_private ? "private" : "public");

function conversations({ filter = {} }) {
  const kinds = filter.include ?? ["public", "private", "im", "mpim"];
  const found = [...world.channels.values()].filter((channel) => kinds.includes(kindOf(channel)));
  return found
    .filter((channel) => !(channel.is_im && filter.exclude_bot_users))
    .map((channel) => ofChannel(channel.id));
}

/**
 * Where choices come from: `show(value)` makes a choice of a stored value, `find(query)` resolves to groups of choices and
 * wants at least `least` letters.
 */
function sourceFor(field) {
  const { element, surface, block } = field;
  const kind = element.type.replace(/^multi_/, "");
  const local = (show, list) => ({ show, least: 0, find: async (query) => matching(list(), query) });
  if (kind === "users_select")
    return local(ofPerson, () => [
      {
        label: null,
        choices: [...world.people.values()].filter((person) => !person.deleted).map((person) => ofPerson(person.id)),
      },
    ]);
  if (kind === "channels_select") {
    return local(ofChannel, () => [{ label: null, choices: conversations({ filter: { include: ["public"] } }) }]);
  }
  if (kind === "conversations_select")
    return local(ofConversation, () => [{ label: null, choices: conversations(element) }]);
  if (kind === "external_select") {
    return {
      show: ofOption,
      least: element.min_query_length ?? 3,
      asks: true,
      find: async (query) => (await surface.options(block, element, query)).map(asGroup),
    };
  }
  const groups = (element.option_groups ?? [{ label: null, options: element.options }]).map(asGroup);
  return local(ofOption, () => groups);
}

function asGroup({ label, options }) {
  return { label: label ? plain(label) : null, choices: options.map(ofOption) };
}

export function selectMenu(field) {
  const { element } = field;
  const several = element.type.startsWith("multi_");
  const most = element.max_selected_items ?? Infinity;
  const source = sourceFor(field);
  const listId = freshId("list");
  const { data, ...attributes } = field.attributes();

  const chips = several ? el("span", { class: "chips" }) : null;
  const input = el("input", {
    type: "text",
    class: "select-input",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "false",
    "aria-controls": listId,
    "aria-autocomplete": "list",
    data,
    ...attributes,
  });
  const clear = el(
    "button",
    { type: "button", class: "icon-button clear", "aria-label": `Clear ${field.label}`, hidden: true },
    icon("close"),
  );
  const box = el("span", { class: "select" }, chips, input, clear, icon("down"));
  const list = el("div", {
    id: listId,
    class: "choices",
    role: "listbox",
    "aria-label": field.label,
    "aria-multiselectable": several ? "true" : null,
  });
  const popup = attachPopup(box, list, { onClose: closed });

  let active = -1; // the row that the arrow keys are on
  let rows = [];
  let asked = 0; // the newest question; answers to older ones are dropped
  let waiting;
  let before = null; // the choices when the list was opened, to see whether to send them

  const chosen = () => (several ? field.value : [field.value].filter((value) => value !== null)).map(source.show);

  function redraw() {
    const now = chosen();
    if (several) {
      chips.replaceChildren(...now.map(chip));
      input.placeholder = now.length ? "" : plain(element.placeholder) || "Choose";
      input.value = "";
    } else {
      input.value = now[0]?.label ?? "";
      input.placeholder = plain(element.placeholder) || "Choose";
    }
    box.classList.toggle("chosen", now.length > 0);
    clear.hidden = several || !field.clearable || now.length === 0;
  }

  function chip(choice) {
    const remove = el(
      "button",
      { type: "button", class: "chip-remove", "aria-label": `Remove ${choice.label}` },
      icon("close"),
    );
    remove.addEventListener("click", (event) => {
      event.stopPropagation();
      take(
        field.value.filter((value) => source.show(value).key !== choice.key),
        !popup.isOpen,
      );
      input.focus();
    });
    return el("span", { class: "chip" }, choice.label, remove);
  }

  /** Sets the value; `now` sends it, otherwise it is sent when the list closes. */
  async function take(value, now) {
    if (now) await field.choose(value);
    else field.value = value;
    redraw();
  }

  function note(words) {
    rows = [];
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(el("div", { class: "choices-note", role: "status", text: words }));
    if (popup.isOpen) popup.open();
  }

  function fill(groups) {
    const marked = new Set(chosen().map((choice) => choice.key));
    rows = [];
    list.replaceChildren();
    for (const group of groups) {
      const holder = group.label
        ? el(
            "div",
            { role: "group", "aria-label": group.label },
            el("div", { class: "choices-group", "aria-hidden": "true", text: group.label }),
          )
        : list;
      if (holder !== list) list.append(holder);
      for (const choice of group.choices) holder.append(row(choice, marked.has(choice.key)));
    }
    if (!rows.length) return note("Nothing found");
    const first = rows.findIndex(({ node }) => node.getAttribute("aria-selected") === "true");
    return point(several || first < 0 ? 0 : first);
  }

  function row(choice, selected) {
    const node = el(
      "div",
      {
        id: freshId("choice"),
        class: "choice",
        role: "option",
        "aria-selected": String(selected),
        data: { testid: "choice", value: choice.key },
      },
      choice.person && avatar(choice.person),
      el(
        "span",
        { class: "choice-words" },
        el("span", { text: choice.label }),
        choice.description && el("small", { text: choice.description }),
      ),
    );
    // Keeps the focus in the input.
    node.addEventListener("pointerdown", (event) => event.preventDefault());
    node.addEventListener("click", () => pick(choice));
    rows.push({ node, choice });
    return node;
  }

  function point(index) {
    rows[active]?.node.classList.remove("active");
    active = index;
    const node = rows[active]?.node;
    if (!node) return;
    node.classList.add("active");
    node.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", node.id);
  }

  function pick(choice) {
    if (!several) {
      popup.close();
      if (choice.key !== chosen()[0]?.key) take(choice.raw, true);
      return;
    }
    const has = field.value.some((value) => source.show(value).key === choice.key);
    if (!has && field.value.length >= most) return;
    take(
      has ? field.value.filter((value) => source.show(value).key !== choice.key) : [...field.value, choice.raw],
      false,
    );
    look("");
  }

  async function look(query) {
    asked += 1;
    const question = asked;
    clearTimeout(waiting);
    if (query.length < source.least) {
      note(source.least === 1 ? "Type to search" : `Type at least ${source.least} letters to search`);
      return;
    }
    if (source.asks) {
      note("Searching…");
      await new Promise((resolve) => (waiting = setTimeout(resolve, query ? ASKED_AFTER_MS : 0)));
    }
    try {
      const groups = await source.find(query);
      if (question !== asked || !popup.isOpen) return;
      fill(groups);
      popup.open();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (question === asked) note(error.message);
    }
  }

  function open() {
    if (popup.isOpen) return;
    before = several ? field.value : null;
    popup.open();
    input.setAttribute("aria-expanded", "true");
    input.select();
    look("");
  }

  function closed() {
    asked += 1;
    clearTimeout(waiting);
    list.replaceChildren();
    rows = [];
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    const now = several ? field.value : null;
    if (before !== null && now !== before) {
      field.value = before;
      take(now, true);
    } else {
      redraw();
    }
    before = null;
  }

  box.addEventListener("click", (event) => {
    if (event.target.closest("button")) return;
    input.focus();
    open();
  });
  clear.addEventListener("click", () => take(null, true).then(() => input.focus()));
  input.addEventListener("blur", () => popup.close());
  input.addEventListener("input", () => {
    const query = input.value;
    open();
    input.value = query;
    look(query.trim());
  });
  input.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      if (!popup.isOpen) open();
      else if (rows.length) point((active + steps[event.key] + rows.length) % rows.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!popup.isOpen) open();
      else if (rows[active]) pick(rows[active].choice);
    } else if (event.key === "Escape" && popup.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      popup.close();
    } else if (event.key === "Backspace" && several && input.value === "" && field.value.length) {
      take(field.value.slice(0, -1), !popup.isOpen);
    }
  });

  redraw();
  return el("span", { class: "select-holder" }, box, list);
}
