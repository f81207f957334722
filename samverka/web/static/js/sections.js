// A link from the summary of errors leads to its field also when the section around it has been folded.
(() => {
  const MOST = 60;

  // The design system unfolds a section in its own time, and what is not drawn yet takes no focus.
  const focus = (field, frames = 0) => {
    field.focus();
    if (document.activeElement !== field && frames < MOST) requestAnimationFrame(() => focus(field, frames + 1));
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    let folded = field?.closest("details:not([open])");
    if (!folded) return;
    event.preventDefault();
    while (folded) {
      folded.open = true;
      folded = folded.parentElement.closest("details:not([open])");
    }
    focus(field);
  });
})();
