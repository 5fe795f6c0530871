// Channels, the direct message with the app, and its Home.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { world } from "./world.js";

/**
 * @param {HTMLElement} nav
 * @param {string} current the open channel's id, or "home"
 * @param {Map<string, number>} unread new messages by channel
 */
export function drawSidebar(nav, current, unread) {
  const channels = [...world.channels.values()];
  const entry = (target, picture, words, props = {}) => {
    const count = unread.get(target) ?? 0;
    return el(
      "li",
      {},
      el(
        "a",
        {
          class: count ? "entry unread" : "entry",
          href: `#${target}`,
          "aria-current": target === current ? "page" : null,
          ...props,
        },
        icon(picture),
        el("span", { class: "entry-name", text: words }),
        count > 0 &&
          el("span", { class: "badge", text: count }, el("span", { class: "hidden-visually", text: " new" })),
      ),
    );
  };
  const channelEntry = (channel) =>
    entry(channel.id, channel.is_im ? "app" : channel.is_private ? "lock" : "hash", channel.name, {
      data: { testid: `channel-${channel.id}` },
    });
  const part = (title, entries) =>
    entries.length && el("section", {}, el("h2", { text: title }), el("ul", {}, entries));
  nav.replaceChildren(
    ...[
      part("Channels", channels.filter((channel) => !channel.is_im).map(channelEntry)),
      part("App", [
        ...channels.filter((channel) => channel.is_im).map(channelEntry),
        entry("home", "home", "Home", { data: { testid: "home-tab" } }),
      ]),
    ].filter(Boolean),
  );
}
