// Block Kit's interactive elements other than select menus (selects.js).

import { upload } from "./api.js";
import { el, freshId, safeAddress } from "./dom.js";
import { icon } from "./icons.js";
import { plain, textNodes } from "./mrkdwn.js";
import { attachPopup } from "./popup.js";
import { isSelect, selectMenu } from "./selects.js";
import { Field } from "./surface.js";
import { toastRefusal } from "./toasts.js";

const SETTLED_AFTER_MS = 700;

/** An element as a node. `place` says how it is labelled: `{id, label, describedBy, required, clearable}`. */
export function elementNode(surface, block, element, place) {
  if (element.type === "button" || element.type === "workflow_button") return button(surface, block, element);
  if (element.type === "overflow") return overflow(surface, block, element);
  if (element.type === "image") return null;
  const field = new Field(surface, block, element, place);
  if (isSelect(element)) return selectMenu(field);
  return (
    INPUTS[element.type]?.(field) ?? el("span", { class: "unknown", text: `“${element.type}” is not shown here.` })
  );
}

/** Runs `work` with the button disabled and spinning. */
export async function whileBusy(node, work) {
  node.disabled = true;
  node.classList.add("busy");
  node.setAttribute("aria-busy", "true");
  try {
    return await work();
  } finally {
    node.disabled = false;
    node.classList.remove("busy");
    node.removeAttribute("aria-busy");
  }
}

function button(surface, block, element) {
  const address = element.url ? safeAddress(element.url) : null;
  const props = {
    class: ["button", element.style].filter(Boolean).join(" "),
    "aria-label": element.accessibility_label,
    data: { testid: "block-action", actionId: element.action_id, field: `${block.block_id}/${element.action_id}` },
  };
  const fields = element.value === undefined ? {} : { value: element.value };
  if (address) {
    // Slack follows the link and tells the app as well.
    const followed = () => surface.act(block, element, fields);
    return el(
      "a",
      { ...props, href: address, target: "_blank", rel: "noopener noreferrer", on: { click: followed } },
      textNodes(element.text),
    );
  }
  const node = el("button", { type: "button", ...props }, textNodes(element.text));
  node.addEventListener("click", () => whileBusy(node, () => surface.act(block, element, fields)));
  return node;
}

function overflow(surface, block, element) {
  const menu = el("div", { role: "menu" });
  const opener = el(
    "button",
    {
      type: "button",
      class: "button overflow",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": "More actions",
      data: { testid: "block-action", actionId: element.action_id, field: `${block.block_id}/${element.action_id}` },
    },
    icon("more"),
  );
  const popup = attachPopup(opener, menu, {
    align: "end",
    matchWidth: false,
    onClose: () => opener.setAttribute("aria-expanded", "false"),
  });
  for (const option of element.options) {
    const address = option.url ? safeAddress(option.url) : null;
    const item = el(
      address ? "a" : "button",
      {
        class: "menu-item",
        role: "menuitem",
        tabindex: "-1",
        type: address ? null : "button",
        href: address,
        target: address ? "_blank" : null,
        rel: address ? "noopener noreferrer" : null,
        data: { value: option.value },
      },
      el("span", {}, textNodes(option.text)),
      option.description && el("small", {}, textNodes(option.description)),
    );
    item.addEventListener("click", () => {
      popup.close();
      opener.focus();
      whileBusy(opener, () => surface.act(block, element, { selected_option: option }));
    });
    menu.append(item);
  }
  menuKeys(opener, menu, popup);
  return el("span", { class: "menu-holder" }, opener, menu);
}

/** Opening a menu by its button, and the arrow keys in it. */
export function menuKeys(opener, menu, popup) {
  const items = () => [...menu.querySelectorAll("[role=menuitem]")];
  opener.addEventListener("click", () => {
    if (popup.isOpen) return popup.close();
    popup.open();
    opener.setAttribute("aria-expanded", "true");
    return items()[0]?.focus();
  });
  menu.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      const all = items();
      all[(all.indexOf(document.activeElement) + steps[event.key] + all.length) % all.length].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.stopPropagation();
      if (event.key === "Escape") event.preventDefault();
      popup.close();
      opener.focus();
    }
  });
}

const INPUTS = {
  plain_text_input: (field) => textInput(field, {}),
  email_text_input: (field) => textInput(field, { type: "email", autocomplete: "off", inputmode: "email" }),
  url_text_input: (field) => textInput(field, { type: "url", inputmode: "url" }),
  // type=text, since a number input hides what was mistyped and changes with the mouse wheel.
  number_input: (field) => textInput(field, { inputmode: field.element.is_decimal_allowed ? "decimal" : "numeric" }),
  datepicker: (field) =>
    picker(
      field,
      "date",
      (value) => value ?? "",
      (text) => text || null,
    ),
  timepicker: (field) =>
    picker(
      field,
      "time",
      (value) => value ?? "",
      (text) => text || null,
    ),
  datetimepicker: (field) =>
    picker(field, "datetime-local", localText, (text) => (text ? Math.floor(new Date(text) / 1000) : null)),
  checkboxes: (field) => options(field, "checkbox"),
  radio_buttons: (field) => options(field, "radio"),
  file_input: fileInput,
};

function textInput(field, kind) {
  const { element } = field;
  const { data, ...attributes } = field.attributes();
  const node = el(element.multiline ? "textarea" : "input", {
    class: "input",
    type: element.multiline ? null : "text",
    rows: element.multiline ? 4 : null,
    autocomplete: "off",
    placeholder: plain(element.placeholder) || null,
    maxlength: element.max_length,
    ...kind,
    ...attributes,
    data,
  });
  node.value = field.value ?? "";
  const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  let settled;
  node.addEventListener("input", () => {
    field.value = node.value === "" ? null : node.value;
    if (!field.dispatches || !when.includes("on_character_entered")) return;
    clearTimeout(settled);
    settled = setTimeout(() => field.send(), SETTLED_AFTER_MS);
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    const newline = element.multiline && (event.shiftKey || !field.dispatches);
    if (newline) return;
    if (field.dispatches && when.includes("on_enter_pressed")) {
      event.preventDefault();
      field.send();
    }
  });
  return node;
}

function localText(seconds) {
  if (seconds === null) return "";
  const date = new Date(seconds * 1000);
  return new Date(date - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function picker(field, type, shown, read) {
  const node = el("input", { class: "input picker", type, ...field.attributes() });
  node.value = shown(field.value);
  // Browsers report a date at each part that is typed: what is sent is the one the person stops at.
  let settled;
  let changed = false;
  const send = async () => {
    clearTimeout(settled);
    if (!changed) return;
    changed = false;
    if (!(await field.choose(read(node.value)))) node.value = shown(field.value);
  };
  node.addEventListener("change", () => {
    if (!field.dispatches) {
      field.value = read(node.value);
      return;
    }
    changed = true;
    clearTimeout(settled);
    settled = setTimeout(send, SETTLED_AFTER_MS);
  });
  node.addEventListener("blur", send);
  node.addEventListener("keydown", (event) => event.key === "Enter" && send());
  return node;
}

function options(field, type) {
  const { element } = field;
  const several = type === "checkbox";
  const { id, data, autofocus, ...attributes } = field.attributes();
  const group = el("div", { class: "options", role: several ? "group" : "radiogroup", id, data, ...attributes });
  const name = freshId("options");
  const chosen = () => (several ? field.value : [field.value]).map((option) => option?.value);
  const inputs = element.options.map((option, index) => {
    const input = el("input", {
      type,
      name,
      value: option.value,
      autofocus: autofocus && index === 0,
      data: { field: `${data.field}/${option.value}` },
    });
    input.checked = chosen().includes(option.value);
    input.addEventListener("change", async () => {
      const value = several ? element.options.filter((_, at) => inputs[at].checked) : option;
      if (!(await field.choose(value))) inputs.forEach((other) => (other.checked = chosen().includes(other.value)));
    });
    group.append(
      el(
        "label",
        { class: "option" },
        input,
        el("span", {}, textNodes(option.text), option.description && el("small", {}, textNodes(option.description))),
      ),
    );
    return input;
  });
  return group;
}

function fileInput(field) {
  const { element, surface } = field;
  const { id, data, ...attributes } = field.attributes();
  const list = el("ul", { class: "file-names" });
  const input = el("input", {
    id,
    class: "input",
    type: "file",
    multiple: (element.max_files ?? 10) > 1,
    accept: element.filetypes?.map((kind) => `.${kind}`).join(",") || null,
    data,
    ...attributes,
  });
  const show = () => list.replaceChildren(...field.value.map((file) => el("li", { text: file.title ?? file.name })));
  input.addEventListener("change", async () => {
    input.disabled = true;
    try {
      const files = [];
      for (const file of input.files) files.push((await upload({ as: surface.as }, file)).file);
      field.value = files.filter(Boolean);
    } catch (error) {
      input.value = "";
      toastRefusal(error);
    } finally {
      input.disabled = false;
      show();
    }
  });
  show();
  return el("div", {}, input, list);
}
