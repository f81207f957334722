// Copy buttons: hidden until scripts run; the text is selectable without them.
(() => {
  const prepare = (root) => {
    if (!navigator.clipboard) return;
    root.querySelectorAll("[data-copy][hidden]").forEach((button) => { button.hidden = false; });
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const text = button.parentElement.querySelector("pre").textContent;
    let told = button.dataset.copied;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      told = button.dataset.notCopied;
    }
    const region = document.getElementById("announcer");
    if (region) region.textContent = told;
    button.lastChild.textContent = told;
  });

  document.addEventListener("htmx:afterSettle", (event) => prepare(event.detail.target));
  prepare(document);
})();
