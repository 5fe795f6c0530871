// The app's Home tab.

import { post, Refused } from "./api.js";
import { blocksNode } from "./blocks.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { positionIn, restore } from "./position.js";
import { Surface } from "./surface.js";
import { world } from "./world.js";

export class HomeView {
  constructor(as, firstChannel) {
    Object.assign(this, { as, firstChannel, surface: null, draws: 0 });
    this.body = el("div", {
      class: "scroller home-body",
      tabindex: "0",
      role: "region",
      "aria-label": "Home",
      data: { testid: "home" },
    });
    this.node = el(
      "section",
      { class: "column", "aria-label": `${world.app.name}, Home` },
      el("header", { class: "column-head" }, el("h1", {}, icon("home"), `${world.app.name} · Home`)),
      this.body,
    );
  }

  async shown() {
    this.say("Loading…");
    const { draws } = this;
    try {
      const { view } = await post("/demo/home", { as: this.as });
      // The answer holds what was there before; the stream may have brought what the app made of this visit already.
      if (view && this.draws === draws) this.draw(view);
      else if (!this.surface) this.say("The app has not published its Home yet. It will appear here.");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.say(
        error.message,
        el("button", { type: "button", class: "button", text: "Try again", on: { click: () => this.shown() } }),
      );
    }
  }

  reload() {
    return this.shown();
  }

  receive(event) {
    if (event.type === "home") this.draw(event.view);
  }

  draw(view) {
    this.draws += 1;
    if (this.surface?.container.view_id !== view.id)
      this.surface = new Surface(this.as, { type: "view", view_id: view.id }, this.firstChannel);
    this.surface.show(view.blocks);
    const position = positionIn(this.body);
    this.body.replaceChildren(el("div", { class: "home-blocks" }, blocksNode(this.surface)));
    restore(this.body, position);
  }

  say(words, ...more) {
    if (!this.surface) this.body.replaceChildren(el("div", { class: "empty" }, el("p", { text: words }), ...more));
  }
}
