// One message as a list item.

import { blocksNode } from "./blocks.js";
import { el, ownImage } from "./dom.js";
import { daysFromToday, emoji } from "./entities.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { Surface } from "./surface.js";
import { avatar, nameOf, world } from "./world.js";

export const dateOf = (message) => new Date(Number(message.ts) * 1000);

const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

export function dayName(date) {
  return ["Yesterday", "Today"][daysFromToday(date) + 1] ?? DAY.format(date);
}

export function newSurface(as, message) {
  const container = { type: "message", channel: message.channel, ts: message.ts };
  if (message.ephemeral) container.is_ephemeral = true;
  return new Surface(as, container, message.channel);
}

/**
 * @param {object} message as the contract has it
 * @param {Surface} surface keeps what was chosen in the message over its changes
 * @param {{threadLinks: boolean, onDismiss: (function(): void)}} options whether to offer the thread, and what takes
 *   an ephemeral message away
 */
export function messageNode(message, surface, { threadLinks, onDismiss }) {
  surface.show(message.blocks ?? []);
  const person = world.people.get(message.user);
  const date = dateOf(message);
  const name = message.username ?? nameOf(message.user);
  const thread = `#${message.channel}/${message.thread_ts ?? message.ts}`;
  const article = el(
    "article",
    {
      class: "message-body",
      "aria-label": `${name}, ${TIME.format(date)}`,
      data: message.ephemeral ? { testid: "ephemeral" } : {},
    },
    message.ephemeral &&
      el(
        "p",
        { class: "only-you" },
        icon("eye"),
        el("span", { text: "Only visible to you" }),
        el("button", { type: "button", class: "link-button", text: "Dismiss", on: { click: onDismiss } }),
      ),
    el(
      "p",
      { class: "message-head" },
      el("strong", { class: "message-name", text: name }),
      person?.is_bot && el("span", { class: "tag", text: "APP" }),
      person?.is_guest && el("span", { class: "tag", text: "GUEST" }),
      person?.is_stranger && el("span", { class: "tag", text: "EXTERNAL" }),
      el("time", {
        class: "message-time",
        datetime: date.toISOString(),
        title: FULL.format(date),
        text: TIME.format(date),
      }),
    ),
    message.blocks?.length
      ? blocksNode(surface)
      : message.text && el("div", { class: "message-text" }, mrkdwn(message.text), message.edited && edited()),
    (message.attachments ?? []).map((attachment) => attachmentNode(attachment, surface)),
    message.files?.length && el("div", { class: "files" }, message.files.map(fileNode)),
    message.reactions?.length && el("div", { class: "reactions" }, message.reactions.map(reactionNode)),
    threadLinks &&
      message.reply_count > 0 &&
      el("a", {
        class: "replies",
        href: thread,
        data: { testid: "replies" },
        text: message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`,
      }),
  );
  const tools =
    threadLinks &&
    !message.ephemeral &&
    el(
      "span",
      { class: "message-tools" },
      el(
        "a",
        {
          class: "icon-button",
          href: thread,
          "aria-label": "Reply in thread",
          title: "Reply in thread",
          data: { testid: "reply" },
        },
        icon("reply"),
      ),
    );
  return el(
    "li",
    {
      class: message.ephemeral ? "message ephemeral" : "message",
      data: { testid: "message", ts: message.ts, user: message.user ?? "" },
    },
    avatar(message.user),
    el("time", { class: "side-time", "aria-hidden": "true", text: TIME.format(date) }),
    article,
    tools,
  );
}

// Slack does not say it of an app's blocks, which change as a matter of course.
const edited = () => el("span", { class: "edited", text: " (edited)" });

function reactionNode({ name, count, users }) {
  return el("span", { class: "reaction", title: users.map(nameOf).join(", ") }, emoji(name), ` ${count}`);
}

function attachmentNode(attachment, surface) {
  const node = el("div", { class: "attachment" });
  if (/^#?[0-9a-f]{6}$/i.test(attachment.color ?? ""))
    node.style.setProperty("--bar", `#${attachment.color.replace("#", "")}`);
  if (attachment.blocks) {
    const inner = new Surface(surface.as, surface.container, surface.channel);
    inner.values = surface.values;
    inner.show(attachment.blocks);
    surface.show([...surface.blocks, ...attachment.blocks]);
    node.append(blocksNode(inner));
  } else {
    for (const part of [attachment.pretext, attachment.title, attachment.text ?? attachment.fallback]) {
      if (part) node.append(el("p", {}, mrkdwn(part)));
    }
  }
  return node;
}

function fileNode(file) {
  const name = file.title || file.name;
  const address = ownImage(file.url ?? "");
  if (address && file.mimetype?.startsWith("image/")) {
    return el(
      "a",
      { class: "file-image", href: address, target: "_blank", rel: "noopener" },
      el("img", { src: address, alt: name, loading: "lazy" }),
    );
  }
  return el(
    address ? "a" : "span",
    { class: "file", href: address, download: address ? file.name : null },
    icon("file"),
    el("span", {}, el("strong", { text: name }), el("small", { text: sizeText(file.size) })),
  );
}

function sizeText(bytes) {
  if (!Number.isFinite(bytes)) return "";
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
