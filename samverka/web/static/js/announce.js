// After htmx has swapped a part of the page: say what changed, and never lose the reader's place.
// A swapped part says what to announce with data-announce; one that should take the focus has data-focus.
(() => {
  const region = document.getElementById("announcer");
  if (!region) return;

  const say = (text) => {
    region.textContent = "";
    // An empty moment between two equal sentences makes the second one heard.
    setTimeout(() => { region.textContent = text; }, 60);
  };

  const focusOn = (element) => {
    if (!element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
    element.focus({ preventScroll: false });
  };

  // Errors first: the summary takes the focus when a page comes back with faults.
  const faults = document.querySelector("main [data-focus]");
  if (faults) focusOn(faults);

  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.target;
    if (!part || !part.isConnected) return;
    const spoken = part.matches("[data-announce]") ? part : part.querySelector("[data-announce]");
    if (spoken) say(spoken.dataset.announce);
    const wanted = part.querySelector("[data-focus]");
    if (wanted) focusOn(wanted);
    else if (document.activeElement === document.body) focusOn(part);
  });

  document.addEventListener("htmx:sendError", () => say(region.dataset.offline));
  document.addEventListener("htmx:responseError", () => say(region.dataset.failed));
  window.samverkaSay = say;
})();
