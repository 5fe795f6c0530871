// Who and what there is in the workspace, as the acting person sees it. Filled from /demo/state.

import { get } from "./api.js";
import { el } from "./dom.js";

export const world = {
  me: null,
  team: "",
  app: { id: "", name: "App" },
  command: null,
  telephone: false,
  people: new Map(),
  channels: new Map(),
};

/** Fetches the state for this person, or for whoever the server starts with when `as` is null. */
export async function refreshWorld(as) {
  const state = await get("/demo/state", { as });
  world.me = state.me;
  world.team = state.team.name;
  world.app = state.app;
  world.command = state.command;
  world.telephone = state.telephone;
  world.people = new Map(state.people.map((person) => [person.id, person]));
  world.channels = new Map(state.channels.map((channel) => [channel.id, channel]));
}

export function nameOf(userId) {
  const person = world.people.get(userId);
  return person?.real_name || person?.name || userId;
}

export function channelName(channelId) {
  const channel = world.channels.get(channelId);
  if (!channel) return channelId;
  return channel.is_im ? channel.name : `#${channel.name}`;
}

/** A coloured square with a person's initials; beside the name, so hidden from screen readers. */
export function avatar(userId) {
  const person = world.people.get(userId);
  const words = nameOf(userId).match(/[\p{L}\p{N}]+/gu) ?? ["?"];
  const initials = words.length > 1 ? words[0][0] + words.at(-1)[0] : words[0].slice(0, 2);
  const node = el("span", { class: "avatar", "aria-hidden": "true", text: initials.toUpperCase() });
  const colour = /^#?([0-9a-f]{6})$/i.exec(person?.color ?? "");
  if (colour) {
    node.style.setProperty("--avatar", `#${colour[1]}`);
    node.classList.toggle("on-light", isLight(colour[1]));
  }
  return node;
}

/** Whether dark initials read better on this colour (WCAG relative luminance). */
function isLight(hex) {
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18;
}
