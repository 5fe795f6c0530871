// The person's focus, selection and scrolling, kept over a redraw.

/** Where the person is in a node that is about to be drawn again. */
export function positionIn(node) {
  const focused = node.contains(document.activeElement) ? document.activeElement : null;
  const body = node.querySelector(".modal-body") ?? node;
  return {
    scrolled: body.scrollTop,
    field: focused?.dataset.field ?? null,
    selection: focused && "selectionStart" in focused ? [focused.selectionStart, focused.selectionEnd] : null,
  };
}

export function restore(node, { scrolled, field, selection }) {
  const body = node.querySelector(".modal-body") ?? node;
  body.scrollTop = scrolled;
  const focus = field && node.querySelector(`[data-field="${CSS.escape(field)}"]`);
  if (!focus) return;
  focus.focus({ preventScroll: true });
  if (selection && selection[0] !== null && focus.setSelectionRange) focus.setSelectionRange(...selection);
}
