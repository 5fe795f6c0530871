// What both message texts and rich text point at: people, channels, links, dates, emoji.

import { el, safeAddress } from "./dom.js";
import { emojiCharacter } from "./emoji.js";
import { pictogram } from "./pictograms.js";
import { channelName, nameOf, world } from "./world.js";

export function personMention(userId) {
  return el("span", { class: userId === world.me ? "mention me" : "mention", text: `@${nameOf(userId)}` });
}

export function channelMention(channelId, label = "") {
  if (!world.channels.has(channelId))
    return el("span", { class: "mention", text: label ? `#${label}` : "a private channel" });
  return el("a", { class: "mention", href: `#${channelId}`, text: channelName(channelId) });
}

export function broadcast(range) {
  return el("span", { class: "mention me", text: `@${range}` });
}

// This server's own address of a message; it is shown here, as its thread.
const PERMALINK = /^\/archives\/(\w+)\/p(\d+)(\d{6})(?:\?.*)?$/;

/** A link that opens beside this page, or its words alone when the address is of a kind that must not be followed. */
export function link(address, label) {
  const safe = safeAddress(address);
  const words = label || address.replace(/^(mailto|tel):/, "");
  if (!safe) return document.createTextNode(words);
  const message = PERMALINK.exec(safe.replace(location.origin, ""));
  if (message) return el("a", { href: `#${message[1]}/${message[2]}.${message[3]}`, text: words });
  return el("a", { href: safe, target: "_blank", rel: "noopener noreferrer", text: words });
}

export function emoji(name) {
  const drawn = pictogram(name);
  if (drawn) return drawn;
  const character = emojiCharacter(name);
  return character
    ? el("span", { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " "), text: character })
    : document.createTextNode(`:${name}:`);
}

const STYLES = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { year: "numeric", month: "long", day: "numeric", weekday: "long" },
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};
const DAY_MS = 86_400_000;

function startOfDay(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}

/** Whole calendar days from today to `date`: -1 is yesterday. */
export function daysFromToday(date) {
  return Math.round((startOfDay(date) - startOfDay(new Date())) / DAY_MS);
}

function ago(date) {
  const seconds = (date - new Date()) / 1000;
  const units = [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
    ["second", 1],
  ];
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units.at(-1);
  return new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

/** Unix seconds in the reader's own zone and language; tokens as Slack documents them for `<!date^…>`. */
function dateText(seconds, format) {
  const date = new Date(seconds * 1000);
  return format.replace(/\{(\w+)\}/g, (typed, token) => {
    if (token === "ago") return ago(date);
    const style = STYLES[token.replace(/_pretty$/, "")];
    if (!style) return typed;
    const near = token.endsWith("_pretty") && ["yesterday", "today", "tomorrow"][daysFromToday(date) + 1];
    return near || new Intl.DateTimeFormat(undefined, style).format(date);
  });
}

export function dateNode(seconds, format, fallback, address) {
  if (!Number.isFinite(seconds)) return document.createTextNode(fallback);
  const words = dateText(seconds, format);
  if (address) return link(address, words);
  return el("time", { datetime: new Date(seconds * 1000).toISOString(), title: fallback, text: words });
}
