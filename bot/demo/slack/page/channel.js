// The main column: a channel or the direct message with the app.

import { composer } from "./composer.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { MessageList } from "./messages.js";
import { world } from "./world.js";

export class ChannelView {
  constructor(as, channel) {
    const name = channel.is_im ? channel.name : `#${channel.name}`;
    const joined = channel.is_im || channel.is_member !== false;
    const empty =
      joined && world.command ? `Nothing here yet. Try ${world.command.command} help.` : "Nothing here yet.";
    this.messages = new MessageList({ as, channel: channel.id, empty, label: `Messages in ${name}` });
    this.composer = joined
      ? composer({
          as,
          channel: channel.id,
          placeholder: channel.is_im ? `Message ${channel.name}` : `Message ${name}`,
        })
      : null;
    this.node = el(
      "section",
      { class: "column", "aria-label": name },
      el(
        "header",
        { class: "column-head" },
        el("h1", {}, icon(channel.is_im ? "app" : channel.is_private ? "lock" : "hash"), channel.name),
        channel.topic && el("p", { class: "topic", text: channel.topic }),
      ),
      this.messages.node,
      this.composer?.node ??
        el("p", {
          class: "not-joined",
          text: `You are not a member of ${name}, so you can read it but not write here.`,
        }),
    );
  }

  shown() {
    this.composer?.ready();
    if (matchMedia("(min-width: 768px)").matches) this.composer?.focus();
    return this.messages.load();
  }

  reload() {
    return this.messages.load();
  }

  receive(event) {
    if (["message", "changed", "deleted"].includes(event.type)) this.messages.receive(event);
  }
}
