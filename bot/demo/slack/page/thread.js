// The pane with one thread.

import { composer } from "./composer.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { MessageList } from "./messages.js";
import { channelName } from "./world.js";

export class ThreadView {
  constructor(as, channel, thread) {
    this.messages = new MessageList({ as, channel, thread, empty: "This thread is empty.", label: "Thread" });
    this.composer = composer({ as, channel, thread, placeholder: "Reply…" });
    this.node = el(
      "section",
      { class: "column" },
      el(
        "header",
        { class: "column-head" },
        el("h2", { text: "Thread" }),
        el("p", { class: "topic", text: channelName(channel) }),
        el(
          "a",
          {
            class: "icon-button",
            href: `#${channel}`,
            "aria-label": "Close the thread",
            data: { testid: "thread-close" },
          },
          icon("close"),
        ),
      ),
      this.messages.node,
      this.composer.node,
    );
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      location.hash = channel;
    });
  }

  shown() {
    this.composer.ready();
    this.composer.focus();
    return this.messages.load();
  }

  reload() {
    return this.messages.load();
  }

  receive(event) {
    if (["message", "changed", "deleted"].includes(event.type)) this.messages.receive(event);
  }
}
