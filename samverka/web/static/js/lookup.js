// A look-up in the register: suggestions under the field, chosen with the arrow keys and Enter or by a press. What is
// chosen stands in a hidden field of the same name, until the text is changed. Without the script a button searches.
(() => {
  const part = (lookup, name) => lookup.querySelector(`[data-lookup-${name}]`);
  const options = (lookup) => [...part(lookup, "list").querySelectorAll("[role=option]")];
  const say = (lookup, text) => { const said = part(lookup, "said"); if (said) said.textContent = text; };

  const open = (lookup, is) => {
    part(lookup, "list").hidden = !is;
    part(lookup, "text").setAttribute("aria-expanded", String(is));
    if (!is) mark(lookup, null);
  };

  const mark = (lookup, option) => {
    options(lookup).forEach((one) => one.setAttribute("aria-selected", String(one === option)));
    if (option) { part(lookup, "text").setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
    else part(lookup, "text").removeAttribute("aria-activedescendant");
  };

  const marked = (lookup) => options(lookup).find((one) => one.getAttribute("aria-selected") === "true");

  const choose = (lookup, option) => {
    part(lookup, "text").value = option.dataset.name;
    part(lookup, "choice").value = option.dataset.value;
    open(lookup, false);
    say(lookup, lookup.dataset.chosen);
    part(lookup, "choice").dispatchEvent(new Event("input", { bubbles: true }));
  };

  const step = (lookup, by) => {
    const all = options(lookup);
    if (!all.length) return;
    open(lookup, true);
    const at = all.indexOf(marked(lookup));
    mark(lookup, all[(at + by + (at < 0 && by < 0 ? 1 : 0) + all.length) % all.length]);
  };

  const ready = (lookup) => {
    const text = part(lookup, "text");
    if (!part(lookup, "choice") || text.getAttribute("role")) return;
    Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": part(lookup, "list").id }).forEach(([name, value]) => text.setAttribute(name, value));
    part(lookup, "find").closest("p").hidden = true;
    text.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") { event.preventDefault(); step(lookup, 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); step(lookup, -1); }
      else if (event.key === "Escape" && !part(lookup, "list").hidden) { event.preventDefault(); open(lookup, false); }
      else if (event.key === "Enter" && marked(lookup)) { event.preventDefault(); choose(lookup, marked(lookup)); }
    });
    text.addEventListener("input", () => { part(lookup, "choice").value = ""; say(lookup, ""); });
    text.addEventListener("blur", () => setTimeout(() => open(lookup, false), 150));
    part(lookup, "list").addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) { event.preventDefault(); choose(lookup, option); }
    });
  };

  const within = (element) => element?.closest?.("[data-lookup]");

  document.addEventListener("htmx:afterSwap", (event) => {
    const lookup = within(event.detail.target);
    if (!lookup || !part(lookup, "choice")) return;
    const all = options(lookup);
    all.forEach((one, place) => { one.id = `${part(lookup, "list").id}_${place}`; });
    const asked = part(lookup, "text").value.trim().length > 1 && !part(lookup, "choice").value;
    open(lookup, asked && all.length > 0 && document.activeElement === part(lookup, "text"));
    const told = all.length === 1 ? lookup.dataset.one : all.length ? lookup.dataset.many.replace("{n}", all.length) : lookup.dataset.none;
    if (asked) say(lookup, told);
  });
  document.addEventListener("htmx:responseError", (event) => {
    const lookup = within(event.detail.elt);
    if (lookup) { open(lookup, false); say(lookup, lookup.dataset.busy); }
  });
  document.addEventListener("htmx:load", (event) => {
    const where = event.detail.elt;
    [where, ...where.querySelectorAll("[data-lookup]")].filter((one) => one.matches("[data-lookup]")).forEach(ready);
  });
  document.querySelectorAll("[data-lookup]").forEach(ready);
})();
