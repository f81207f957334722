// Answering by an open link: what is typed stays in this browser until it is sent or forgotten, so that a phone that
// locks loses nothing. Without this script each page carries what was typed on to the next.
(() => {
  const place = document.querySelector("[data-open]");
  if (!place) return;
  const KEY = `samverka.svar.${place.dataset.open}`;
  const DAYS = 30;
  const form = place instanceof HTMLFormElement ? place : null;
  const left = new Set(["csrfmiddlewaretoken", "hemsida", "on_page", "do"]);
  const say = (text) => { if (window.samverkaSay) window.samverkaSay(text); };

  // A browser may refuse to keep anything; then the pages behave as without the script.
  const stored = (() => {
    try {
      localStorage.setItem(`${KEY}.prov`, "1");
      localStorage.removeItem(`${KEY}.prov`);
      return localStorage;
    } catch { return null; }
  })();

  const read = () => {
    try {
      const kept = JSON.parse(stored.getItem(KEY));
      return kept && kept.until > Date.now() ? kept : null;
    } catch { return null; }
  };

  const typed = () => [...new FormData(form)].filter(([name]) => !left.has(name));

  let gone = false;
  const keep = () => {
    if (gone) return;
    const block = form.elements.namedItem("block");
    const goal = block ? `go:${block.value}` : "review";
    try {
      stored.setItem(KEY, JSON.stringify({ goal, until: Date.now() + DAYS * 864e5, fields: typed() }));
    } catch { /* Full, or refused: the page itself still carries it. */ }
  };

  const sendKept = (kept) => {
    const add = (name, value) => {
      const field = document.createElement("input");
      [field.type, field.name, field.value] = ["hidden", name, value];
      form.append(field);
    };
    form.querySelectorAll("[name=key]").forEach((field) => field.remove());
    kept.fields.filter(([name]) => name !== "block").forEach(([name, value]) => add(name, value));
    add("do", kept.goal);
    form.submit();
  };

  const forget = (button) => {
    if (button.dataset.ask && !window.confirm(button.dataset.ask)) return;
    gone = true;
    stored.removeItem(KEY);
    if (button.dataset.ask) { window.location.assign(window.location.pathname); return; }
    place.querySelector("[data-again]").hidden = true;
    place.querySelector("[data-begin]").hidden = false;
    say(button.dataset.forgotten);
    form.querySelector("[type=submit]").focus();
  };

  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
  if (place.hasAttribute("data-sent")) { if (stored) stored.removeItem(KEY); return; }
  if (!form) return;

  if (stored) {
    place.querySelectorAll("[data-with-script]").forEach((part) => { part.hidden = false; });
    place.querySelectorAll("[data-without-script]").forEach((part) => { part.hidden = true; });
    place.querySelectorAll("[data-forget]").forEach((one) => one.addEventListener("click", () => forget(one)));
  }

  const again = place.querySelector("[data-again]");
  if (again) {
    const kept = stored && read();
    // Beginning anew would write over what is there; forgetting it comes first.
    again.hidden = !kept;
    place.querySelector("[data-begin]").hidden = Boolean(kept);
    if (kept) again.querySelector("[data-continue]").addEventListener("click", () => sendKept(kept));
    return;
  }

  let timer = 0;
  if (stored) {
    keep();
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 300); });
    form.addEventListener("change", keep);
    document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
    // A page that the browser brings back by the back button is the newest there is.
    window.addEventListener("pageshow", keep);
  }

  // What decides which questions are shown has them drawn anew; the server keeps nothing of what it is asked.
  const drivers = (form.dataset.drivers || "").split(" ").filter(Boolean);
  const written = () => JSON.stringify(typed());
  const questions = () => form.querySelector("[data-questions]");
  let asked = 0;

  const drawAnew = async () => {
    const [before, turn] = [written(), (asked += 1)];
    const body = new FormData(form);
    body.set("do", "stay");
    let page;
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      if (!answer.ok && answer.status !== 422) return;
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch { return; }
    const fresh = page.querySelector("[data-questions]");
    // Nothing is drawn over what was typed meanwhile.
    if (!fresh || turn !== asked || written() !== before) return;
    const [focused, count] = [document.activeElement?.id, questions().querySelectorAll(".questionnaire__question").length];
    questions().replaceWith(document.adoptNode(fresh));
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    if (questions().querySelectorAll(".questionnaire__question").length > count) say(form.dataset.more);
    if (stored) keep();
  };

  form.addEventListener("change", (event) => {
    const name = (event.target.name || "").replace(/:no$/, "").split(":").pop();
    if (drivers.includes(name)) drawAnew();
  });
})();
