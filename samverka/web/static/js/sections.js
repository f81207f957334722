// A link from the summary of errors leads to its field also when the section around it has been folded.
(() => {
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    let folded = link && document.getElementById(link.hash.slice(1))?.closest("details");
    while (folded) {
      folded.open = true;
      folded = folded.parentElement.closest("details");
    }
  });
})();
