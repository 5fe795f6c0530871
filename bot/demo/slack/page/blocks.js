// Block Kit blocks to DOM nodes.

import { el, freshId, ownImage } from "./dom.js";
import { elementNode } from "./elements.js";
import { plain, textNodes } from "./mrkdwn.js";
import { pieces, richText } from "./richtext.js";

/** The surface's present blocks, as one node. */
export function blocksNode(surface) {
  const node = el("div", { class: "blocks" });
  for (const block of surface.blocks) {
    const shown =
      BLOCKS[block.type]?.(block, surface) ??
      el("p", { class: "unknown", text: `A block of type “${block.type}” is not shown here.` });
    shown.classList.add("block", `block-${block.type}`);
    if (block.block_id) shown.dataset.blockId = block.block_id;
    node.append(shown);
  }
  return node;
}

const BLOCKS = {
  header: (block) => el("h3", {}, textNodes(block.text)),
  section,
  divider: () => el("hr"),
  context: (block) =>
    el(
      "div",
      {},
      block.elements.map((element) => (element.type === "image" ? image(element) : el("span", {}, textNodes(element)))),
    ),
  actions: (block, surface) =>
    el(
      "div",
      {},
      block.elements.map((element) => elementNode(surface, block, element, unlabelled(element))),
    ),
  input,
  image: (block) => el("figure", {}, block.title && el("figcaption", { text: plain(block.title) }), image(block)),
  rich_text: (block) => richText(block),
  table,
};

/** Elements without a label of their own are named by what they ask for. */
function unlabelled(element, words = "") {
  return { id: freshId("element"), label: plain(element.placeholder) || words || element.action_id };
}

function section(block, surface) {
  const { accessory } = block;
  const text = block.text && el("div", { class: "section-text" }, textNodes(block.text));
  const fields =
    block.fields &&
    el(
      "div",
      { class: "section-fields" },
      block.fields.map((field) => el("div", {}, textNodes(field))),
    );
  const node = el("div", {}, el("div", { class: "section-words" }, text, fields));
  if (accessory?.type === "image") node.append(el("div", { class: "section-image" }, image(accessory)));
  else if (accessory)
    node.append(
      el(
        "div",
        { class: "section-accessory" },
        elementNode(surface, block, accessory, unlabelled(accessory, text?.textContent)),
      ),
    );
  return node;
}

function input(block, surface) {
  const { element } = block;
  const id = freshId("input");
  const label = plain(block.label);
  const hintId = block.hint ? freshId("hint") : null;
  const errorId = freshId("error");
  const place = {
    id,
    label,
    describedBy: [hintId, errorId].filter(Boolean).join(" "),
    required: !block.optional,
    clearable: block.optional === true,
  };
  const grouped = ["checkboxes", "radio_buttons"].includes(element.type);
  return el(
    "div",
    { data: { testid: `field-${block.block_id}` } },
    el(
      grouped ? "span" : "label",
      { class: "input-label", for: grouped ? null : id },
      label,
      block.optional && el("span", { class: "optional", text: " (optional)" }),
    ),
    elementNode(surface, block, element, place),
    el("p", { class: "input-error", id: errorId, data: { testid: `error-${block.block_id}` }, hidden: true }),
    hintId && el("p", { class: "input-hint", id: hintId, text: plain(block.hint) }),
  );
}

/** An image of this server; of any other only the words, since the page may load nothing from outside. */
function image(element) {
  const address = element.image_url ?? element.slack_file?.url;
  const own = address && ownImage(address);
  if (!own)
    return el("span", {
      class: "image-words",
      role: "img",
      "aria-label": element.alt_text,
      text: `Image: ${element.alt_text}`,
    });
  return el("img", { src: own, alt: element.alt_text, loading: "lazy" });
}

function table(block) {
  const cell = (tag) => (content, column) => {
    const setting = block.column_settings?.[column] ?? {};
    const words =
      content.type === "rich_text" ? content.elements.flatMap((part) => pieces(part.elements)) : [content.text ?? ""];
    return el(
      tag,
      { class: setting.align ? `align-${setting.align}` : null, scope: tag === "th" ? "col" : null },
      words,
    );
  };
  const [head, ...rows] = block.rows;
  return el(
    "div",
    { class: "table-holder", tabindex: "0", role: "group", "aria-label": "Table" },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, head.map(cell("th")))),
      el(
        "tbody",
        {},
        rows.map((row) => el("tr", {}, row.map(cell("td")))),
      ),
    ),
  );
}
