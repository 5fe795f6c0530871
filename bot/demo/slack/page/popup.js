// A list that hangs at an input or a button, above everything else.

const GAP = 4;
const MARGIN = 8;

/**
 * Ties `popup` (placed beside `anchor` in the document, so that an open dialog does not lock it out) to `anchor`.
 *
 * @returns {{open(): void, close(): void, isOpen: boolean}} `onClose` runs after
 *   each closing, also by a click elsewhere.
 */
export function attachPopup(
  anchor,
  popup,
  { above = false, align = "start", matchWidth = true, onClose = () => {} } = {},
) {
  popup.popover = "manual";
  popup.classList.add("popup");
  let shown = false;

  function place() {
    const box = anchor.getBoundingClientRect();
    if (matchWidth) popup.style.minWidth = `${Math.min(box.width, innerWidth - 2 * MARGIN)}px`;
    const below = innerHeight - box.bottom - GAP - MARGIN;
    const over = box.top - GAP - MARGIN;
    popup.style.maxHeight = "";
    const wanted = popup.offsetHeight;
    const goesUp = above ? over >= wanted || over > below : below < wanted && over > below;
    popup.style.maxHeight = `${Math.min(320, goesUp ? over : below)}px`;
    const left = align === "end" ? box.right - popup.offsetWidth : box.left;
    popup.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - popup.offsetWidth - MARGIN))}px`;
    popup.style.top = goesUp ? `${box.top - GAP - popup.offsetHeight}px` : `${box.bottom + GAP}px`;
  }

  function elsewhere(event) {
    if (!anchor.contains(event.target) && !popup.contains(event.target)) control.close();
  }

  function moved(event) {
    if (!popup.contains(event.target)) place();
  }

  const control = {
    get isOpen() {
      return shown;
    },
    open() {
      if (!shown) {
        popup.showPopover();
        shown = true;
        document.addEventListener("pointerdown", elsewhere, true);
        document.addEventListener("scroll", moved, true);
        window.addEventListener("resize", place);
      }
      place();
    },
    close() {
      if (!shown) return;
      shown = false;
      if (popup.matches(":popover-open")) popup.hidePopover();
      document.removeEventListener("pointerdown", elsewhere, true);
      document.removeEventListener("scroll", moved, true);
      window.removeEventListener("resize", place);
      onClose();
    },
  };
  return control;
}
