// Codes are written into the condition one was last in. Without scripts they are read and typed by hand.
(() => {
  let last = null;
  const fields = document.querySelectorAll("[data-expression]");
  if (!fields.length) return;
  document.querySelectorAll("[data-insert], [data-insert-help]").forEach((part) => { part.hidden = false; });

  document.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-expression]")) last = event.target;
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (!button) return;
    const field = last || fields[0];
    for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
    field.focus();
  });
})();
