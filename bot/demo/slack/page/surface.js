// A surface is what carries blocks: a message, a modal or the Home tab. It keeps what the person typed and chose there,
// and sends their clicks. What was typed stays for as long as its block_id and action_id do, whatever the app redraws.

import { post } from "./api.js";
import { askConfirm } from "./confirm.js";
import { toastRefusal } from "./toasts.js";

// Which field of a stateful element holds its value, which holds what the app filled in, and what an empty one holds.
const choice = (noun) => [`selected_${noun}`, `initial_${noun}`, null];
const choices = (noun) => [`selected_${noun}s`, `initial_${noun}s`, []];
const typed = ["value", "initial_value", null];
const VALUE_FIELDS = {
  plain_text_input: typed,
  number_input: typed,
  email_text_input: typed,
  url_text_input: typed,
  static_select: choice("option"),
  external_select: choice("option"),
  radio_buttons: choice("option"),
  users_select: choice("user"),
  channels_select: choice("channel"),
  conversations_select: choice("conversation"),
  datepicker: choice("date"),
  timepicker: choice("time"),
  datetimepicker: choice("date_time"),
  checkboxes: choices("option"),
  multi_static_select: choices("option"),
  multi_external_select: choices("option"),
  multi_users_select: choices("user"),
  multi_channels_select: choices("channel"),
  multi_conversations_select: choices("conversation"),
  file_input: ["files", null, []],
};

/** Every interactive element of a block. */
function elementsOf(block) {
  const elements =
    block.type === "actions" ? block.elements : [block.type === "input" ? block.element : block.accessory];
  return elements.filter((element) => element?.action_id);
}

export class Surface {
  /**
   * @param {string} as the acting person
   * @param {object} container as the contract has it, for a message or a view
   * @param {string} channel where files chosen here are put, and what `default_to_current_conversation` means
   */
  constructor(as, container, channel) {
    this.as = as;
    this.container = container;
    this.channel = channel;
    this.blocks = [];
    this.values = new Map();
  }

  show(blocks) {
    this.blocks = blocks;
  }

  /** The bare value of an element: what was typed or chosen, else what the app filled in. */
  read(block, element) {
    const key = `${block.block_id}/${element.action_id}/${element.type}`;
    if (this.values.has(key)) return this.values.get(key);
    const [, initial, empty] = VALUE_FIELDS[element.type];
    if (element.default_to_current_conversation && element[initial] === undefined) {
      return Array.isArray(empty) ? [this.channel] : this.channel;
    }
    return element[initial] ?? empty;
  }

  write(block, element, value) {
    this.values.set(`${block.block_id}/${element.action_id}/${element.type}`, value);
  }

  /** `state` as Slack sends it with an action or a submission. */
  state() {
    const values = {};
    for (const block of this.blocks) {
      for (const element of elementsOf(block)) {
        if (!VALUE_FIELDS[element.type]) continue;
        values[block.block_id] ??= {};
        values[block.block_id][element.action_id] = { type: element.type, ...this.fields(block, element) };
      }
    }
    return { values };
  }

  fields(block, element) {
    return { [VALUE_FIELDS[element.type][0]]: this.read(block, element) };
  }

  /** Sends an action; resolves to false when the person did not confirm or the server refused, which is then shown. */
  async act(block, element, fields) {
    if (element.confirm && !(await askConfirm(element.confirm))) return false;
    try {
      await post("/demo/action", {
        as: this.as,
        container: this.container,
        action: { type: element.type, block_id: block.block_id, action_id: element.action_id, ...fields },
        state: this.state(),
      });
      return true;
    } catch (error) {
      toastRefusal(error);
      return false;
    }
  }

  /** Options of an external select: `[{label, options}]`, one group without a label when the app gave none. */
  async options(block, element, query) {
    const answer = await post("/demo/options", {
      as: this.as,
      container: this.container,
      block_id: block.block_id,
      action_id: element.action_id,
      value: query,
    });
    return answer.option_groups ?? [{ label: null, options: answer.options }];
  }
}

/** One stateful element where it stands: its value, its label and whether its changes are sent at once. */
export class Field {
  constructor(surface, block, element, { id, label, describedBy = null, required = false, clearable = false }) {
    Object.assign(this, { surface, block, element, id, label, describedBy, required, clearable });
    this.dispatches = block.type !== "input" || block.dispatch_action === true;
  }

  get value() {
    return this.surface.read(this.block, this.element);
  }

  set value(value) {
    this.surface.write(this.block, this.element, value);
  }

  /** Sends the present value. */
  send() {
    return this.surface.act(this.block, this.element, this.surface.fields(this.block, this.element));
  }

  /** Takes a chosen value, and sends it where that is done at once. False if the person or the server took it back. */
  async choose(value) {
    const before = this.value;
    this.value = value;
    if (!this.dispatches || (await this.send())) return true;
    this.value = before;
    return false;
  }

  /** Attributes that tie an input to its label, its hint and its place in the surface. */
  attributes() {
    return {
      id: this.id,
      "aria-label": this.label,
      "aria-describedby": this.describedBy,
      "aria-required": this.required ? "true" : null,
      autofocus: this.element.focus_on_load === true,
      data: { field: `${this.block.block_id}/${this.element.action_id}`, actionId: this.element.action_id },
    };
  }
}
