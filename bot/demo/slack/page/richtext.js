// The rich_text block: its parts, and the styled pieces in them.

import { el, fragment } from "./dom.js";
import { broadcast, channelMention, dateNode, emoji, link, personMention } from "./entities.js";

export function richText(block) {
  const node = el("div", { class: "rich-text" });
  for (const part of block.elements) node.append(PARTS[part.type]?.(part) ?? fragment());
  return node;
}

const LIST_MARKS = { bullet: ["disc", "circle", "square"], ordered: ["decimal", "lower-alpha", "lower-roman"] };

const PARTS = {
  rich_text_section: (part) => el("p", {}, pieces(part.elements)),
  rich_text_quote: (part) => el("blockquote", {}, pieces(part.elements)),
  rich_text_preformatted: (part) => el("pre", {}, el("code", {}, pieces(part.elements))),
  rich_text_list: (part) => {
    const indent = part.indent ?? 0;
    const list = el(
      part.style === "ordered" ? "ol" : "ul",
      { class: part.border ? "bordered" : null, start: part.offset ? part.offset + 1 : null },
      part.elements.map((item) => el("li", {}, pieces(item.elements))),
    );
    list.style.setProperty("--indent", indent);
    list.style.listStyleType = LIST_MARKS[part.style]?.[indent % 3] ?? "disc";
    return list;
  },
};

const PIECES = {
  text: (piece) => lines(piece.text),
  link: (piece) => link(piece.url, piece.text),
  user: (piece) => personMention(piece.user_id),
  usergroup: (piece) => el("span", { class: "mention", text: `@${piece.usergroup_id}` }),
  channel: (piece) => channelMention(piece.channel_id),
  emoji: (piece) => emoji(piece.name),
  broadcast: (piece) => broadcast(piece.range),
  date: (piece) => dateNode(piece.timestamp, piece.format, piece.fallback ?? "", piece.url),
  color: (piece) => document.createTextNode(piece.value),
};

const STYLE_TAGS = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };

/** The pieces of one section; also the cells of a table. */
export function pieces(elements) {
  return elements.map((piece) => {
    let node = PIECES[piece.type]?.(piece) ?? document.createTextNode(piece.text ?? "");
    for (const [style, tag] of Object.entries(STYLE_TAGS)) if (piece.style?.[style]) node = el(tag, {}, node);
    return node;
  });
}

function lines(text) {
  return fragment(
    text.split("\n").flatMap((line, index) => [index > 0 && el("br"), line && document.createTextNode(line)]),
  );
}
