// Slack's message markup to DOM nodes. The text arrives escaped (&amp; &lt; &gt;); each leaf is unescaped after it has
// been cut out, so that nothing a person typed can become markup or an entity.

import { el, fragment } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { broadcast, channelMention, dateNode, emoji, link, personMention } from "./entities.js";

function unescaped(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** A plain_text object's words, where only words can stand: no markup, but Slack escapes these as well. */
export function plain(object) {
  const words = unescaped(object?.text ?? "");
  return object?.emoji === false ? words : withEmoji(words);
}

/** A text object of either kind, as nodes. */
export function textNodes(object) {
  if (!object) return fragment();
  if (object.type === "plain_text") return plainNodes(unescaped(object.text), object.emoji !== false);
  return mrkdwn(object.text, { verbatim: object.verbatim });
}

function plainNodes(words, withPictures) {
  if (!withPictures) return fragment(document.createTextNode(words));
  const parts = words.split(/(:[a-z0-9_+-]+:)/);
  return fragment(
    parts.map((part, index) => (index % 2 ? emoji(part.slice(1, -1)) : part && document.createTextNode(part))),
  );
}

/** Nodes for a whole mrkdwn text. With `verbatim`, bare addresses are not made links. */
export function mrkdwn(text, { verbatim = false } = {}) {
  const nodes = fragment();
  // Odd pieces are what stood between two runs of three back-ticks.
  text.split(/```([\s\S]+?)```/).forEach((piece, index, pieces) => {
    if (index % 2) {
      nodes.append(el("pre", {}, code(piece.replace(/^\n|\n$/g, ""))));
      return;
    }
    // The line breaks beside a block are the block's own.
    let prose = piece;
    if (index > 0) prose = prose.replace(/^\n/, "");
    if (index < pieces.length - 1) prose = prose.replace(/\n$/, "");
    if (prose) nodes.append(quotesAndLines(prose, verbatim));
  });
  return nodes;
}

const QUOTE = /^(?:&gt;|>)\s?/;
const QUOTE_REST = /^(?:&gt;|>){3}\s?/;

function quotesAndLines(text, verbatim) {
  const nodes = fragment();
  const lines = text.split("\n");
  let prose = [];
  const flush = () => {
    if (prose.length) nodes.append(inline(prose.join("\n"), verbatim));
    prose = [];
  };
  for (let at = 0; at < lines.length; at += 1) {
    let quoted = null;
    if (QUOTE_REST.test(lines[at])) {
      quoted = lines.splice(at).join("\n").replace(QUOTE_REST, "");
    } else if (QUOTE.test(lines[at])) {
      let end = at;
      while (end < lines.length && QUOTE.test(lines[end])) end += 1;
      quoted = lines
        .slice(at, end)
        .map((line) => line.replace(QUOTE, ""))
        .join("\n");
      at = end - 1;
    }
    if (quoted === null) {
      prose.push(lines[at]);
    } else {
      flush();
      nodes.append(el("blockquote", {}, inline(quoted, verbatim)));
    }
  }
  flush();
  return nodes;
}

const ANGLE = /<([^<>\n]+)>/y;
const CODE = /`([^`\n]+)`/y;
const EMOJI = /:([a-z0-9_+-]+):/y;
const ADDRESS = /https?:\/\/[^\s<>]+[^\s<>.,;:!?)\]'"*_~]/y;
const MARKS = [
  ["*", /\*(?!\s)((?:<[^<>\n]*>|`[^`\n]*`|[^*\n])+?)(?<!\s)\*(?![\p{L}\p{N}*])/uy, "strong"],
  ["_", /_(?!\s)((?:<[^<>\n]*>|`[^`\n]*`|[^_\n])+?)(?<!\s)_(?![\p{L}\p{N}_])/uy, "em"],
  ["~", /~(?!\s)((?:<[^<>\n]*>|`[^`\n]*`|[^~\n])+?)(?<!\s)~(?![\p{L}\p{N}~])/uy, "s"],
];
const WORD = /[\p{L}\p{N}]/u;

function at(pattern, text, index) {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

function inline(text, verbatim) {
  const nodes = fragment();
  let leaf = "";
  let index = 0;
  const put = (node, length) => {
    if (leaf) nodes.append(unescaped(leaf));
    leaf = "";
    nodes.append(node);
    index += length;
  };
  while (index < text.length) {
    const [node, length] = tokenAt(text, index, verbatim);
    if (node) {
      put(node, length);
    } else {
      leaf += text[index];
      index += 1;
    }
  }
  if (leaf) nodes.append(unescaped(leaf));
  return nodes;
}

/** The node that begins at `index` and how much text it took; a null node where there is only a letter. */
function tokenAt(text, index, verbatim) {
  const letter = text[index];
  const afterWord = index > 0 && WORD.test(text[index - 1]);
  let found;
  if (letter === "\n") return [el("br"), 1];
  if (letter === "<" && (found = at(ANGLE, text, index))) return [angle(found[1]), found[0].length];
  if (letter === "`" && (found = at(CODE, text, index))) return [code(found[1]), found[0].length];
  if (letter === ":" && (found = at(EMOJI, text, index))) return [emoji(found[1]), found[0].length];
  if (letter === "h" && !verbatim && !afterWord && (found = at(ADDRESS, text, index))) {
    return [link(unescaped(found[0]), ""), found[0].length];
  }
  for (const [mark, pattern, tag] of MARKS) {
    if (letter === mark && !afterWord && (found = at(pattern, text, index))) {
      return [el(tag, {}, inline(found[1], verbatim)), found[0].length];
    }
  }
  return [null, 0];
}

function code(text) {
  const node = el("code");
  text.split(/<([^<>\n]+)>/).forEach((piece, index) => {
    if (piece) node.append(index % 2 ? angle(piece) : unescaped(piece));
  });
  return node;
}

/** What stands between angle brackets: `@U…`, `#C…`, `!special`, or an address, each with an optional `|label`. */
function angle(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : unescaped(inside.slice(bar + 1));
  if (target.startsWith("@")) return personMention(target.slice(1));
  if (target.startsWith("#")) return channelMention(target.slice(1), label);
  if (!target.startsWith("!")) return link(unescaped(target), withEmoji(label));
  const [special, ...parts] = target.slice(1).split("^");
  if (special === "date")
    return dateNode(Number(parts[0]), unescaped(parts[1] ?? ""), label, unescaped(parts[2] ?? ""));
  if (special === "subteam") return el("span", { class: "mention", text: label || parts[0] });
  return broadcast(special);
}
