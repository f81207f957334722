// The print button of a page's foot: there only when scripts run; the browser's own menu prints without them.
(() => {
  document.querySelectorAll("[data-print-item]").forEach((item) => { item.hidden = false; });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
})();
