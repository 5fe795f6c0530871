// Building DOM nodes. Nothing in this page turns a string into markup.

/**
 * An element with its properties and children.
 *
 * Keys of `props`: `class`, `text`, `data` (dataset), `on` (listeners by event name); every other key is an
 * attribute, where `true` writes it empty and `false`, `null` or `undefined` leaves it out. Children that are
 * `null` or `false` are left out as well.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") node.className = value;
    else if (key === "text") node.textContent = value;
    else if (key === "data") Object.assign(node.dataset, value);
    else if (key === "on") for (const [name, listener] of Object.entries(value)) node.addEventListener(name, listener);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function fragment(...children) {
  const parts = document.createDocumentFragment();
  parts.append(...children.flat().filter(Boolean));
  return parts;
}

let lastId = 0;

/** An id for a label or a description to point at; unique in the page. */
export function freshId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

/** The address if a person may follow it from here, else null. */
export function safeAddress(address) {
  try {
    const { protocol, href } = new URL(address);
    return ["http:", "https:", "mailto:", "tel:"].includes(protocol) ? href : null;
  } catch {
    return null;
  }
}

/** The image's address if it comes from this server or stands in the address itself, else null. */
export function ownImage(address) {
  try {
    const { protocol, origin, href } = new URL(address, location.href);
    if (protocol === "data:") return /^data:image\/(png|jpeg|gif|webp|svg\+xml)[;,]/.test(href) ? href : null;
    return origin === location.origin ? href : null;
  } catch {
    return null;
  }
}
