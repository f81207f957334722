// Preparing a meeting: what is typed stays in this browser, the chosen questions in the address.
// Nothing is sent but by the page's own buttons. Without this script each page posts the text on to the next.
(() => {
  const KEY = "samverka.forberedelse";
  const form = document.querySelector("form[data-prepare]");
  const carried = document.querySelector("form[data-carried]");
  const begins = document.querySelectorAll("form[data-begin]");
  const say = (text) => { if (window.samverkaSay) window.samverkaSay(text); };

  // A browser may refuse to keep anything; then the page behaves as without the script.
  const stored = (() => {
    try {
      localStorage.setItem(`${KEY}.prov`, "1");
      localStorage.removeItem(`${KEY}.prov`);
      return localStorage;
    } catch { return null; }
  })();

  const read = () => {
    try { return JSON.parse(stored.getItem(KEY)) || {}; } catch { return {}; }
  };

  if (stored) {
    document.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });
    document.querySelectorAll("[data-without-script]").forEach((part) => { part.hidden = true; });
  }

  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  const texts = (within) => [...within.querySelectorAll("input[type=text], textarea")].filter((field) => field.name);

  if (form) {
    const boxes = [...form.querySelectorAll("input[name=steg]")];
    const output = document.querySelector("[data-length]");
    const saved = form.querySelector("[data-saved]");
    const codes = () => boxes.filter((box) => box.checked).map((box) => box.value);
    const query = (chosen) => (chosen.length ? `?${chosen.map((code) => `steg=${code}`).join("&")}` : "");

    const count = () => {
      const rule = output.dataset;
      const chosen = boxes.filter((box) => box.checked);
      const questions = chosen.reduce((sum, box) => sum + Number(box.dataset.minutes), 0);
      const pause = questions > Number(rule.withoutPause) && chosen.length > 1 ? Number(rule.pause) : 0;
      const total = questions + Number(rule.around) + pause;
      const hours = Math.floor(total / 60);
      const minutes = total % 60;
      const words = [];
      if (hours) words.push(rule.hours.replace("{n}", hours));
      if (minutes || !hours) words.push(rule.minutes.replace("{n}", minutes));
      const said = chosen.length === 1 ? rule.one : rule.many.replace("{n}", chosen.length);
      output.textContent = chosen.length ? `${said}, ${words.join(" ")}` : rule.none;
      document.querySelector("[data-too-long]").hidden = !chosen.length || total <= Number(rule.evening);
    };

    const keep = () => {
      if (!stored) return;
      const known = Object.fromEntries(texts(form).map((field) => [field.name, field.value]));
      try {
        stored.setItem(KEY, JSON.stringify({ known, steps: codes() }));
      } catch { return; }
      const clock = new Date().toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
      saved.textContent = saved.dataset.saved.replace("{time}", clock);
    };

    const chose = () => {
      history.replaceState(null, "", form.dataset.address + query(codes()));
      count();
      keep();
    };

    // The address says which questions; without any there, those that were chosen last time come back.
    const bring = () => {
      const earlier = read();
      texts(form).forEach((field) => {
        const text = (earlier.known || {})[field.name];
        if (!field.value && text) field.value = text;
      });
      if (!location.search.includes("steg=") && form.dataset.posted === undefined && (earlier.steps || []).length) {
        boxes.forEach((box) => { box.checked = earlier.steps.includes(box.value); });
        boxes.filter((box) => box.checked && box.closest("details")).forEach((box) => { box.closest("details").open = true; });
      }
      count();
    };

    const clear = (button) => {
      stored.removeItem(KEY);
      texts(form).forEach((field) => { field.value = ""; });
      saved.textContent = "";
      say(button.dataset.cleared);
      const first = texts(form)[0];
      if (first) first.focus();
    };

    if (stored) bring();
    form.addEventListener("input", (event) => { if (event.target.name !== "steg") keep(); });
    form.addEventListener("change", (event) => { if (event.target.name === "steg") chose(); });
    form.querySelectorAll("[data-clear]").forEach((button) => button.addEventListener("click", () => clear(button)));
    // The browser itself brings back fields when one goes back; the count follows.
    window.addEventListener("pageshow", count);
  }

  if (carried && stored) {
    // Back to the form by its address: the browser has the text, and a reload asks nothing.
    carried.addEventListener("submit", (event) => {
      if (event.submitter && event.submitter.hasAttribute("formaction")) return;
      event.preventDefault();
      location.assign(carried.dataset.back);
    });
  }

  // As the server makes it (preparing/invitation.py), from what only this browser knows.
  const greeting = (labels, known) => {
    const said = { ...known, when: [known.day, known.starts].filter(Boolean).join(" kl. ") };
    const names = ["when", "place", "who", "whom", "contact"].filter((name) => said[name]);
    return names.map((name) => `${labels[name]} ${said[name]}`).join("\n");
  };

  // What was typed before signing in is in this browser only; it goes along in the form that begins something.
  if (stored) {
    const known = read().known || {};
    begins.forEach((form) => {
      for (const name of ["title", "purpose"]) {
        if (!form.elements[name].value && known[name]) form.elements[name].value = known[name];
      }
      const message = form.elements.message;
      if (!message.value) message.value = greeting(message.dataset, known);
    });
  }
})();
