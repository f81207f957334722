// Each answer in the form #svar is saved as it is given, on top of the version that stands beside it as v:<name>.
// What decides which questions are shown has the block drawn anew. Without the script the form works as any other.
(() => {
  const TYPING = 900;
  const CHOICE = 60;
  const RETRY = 15000;
  const timers = new Map();
  const stopped = new Set();
  let queue = Promise.resolve();
  let waiting = 0;
  let redraw = false;
  let drawing = false;
  let saves = 0;
  let savesWhenAsked = 0;
  let going = false;
  let kept = new Map();

  const form = () => document.getElementById("svar");
  const field = (name) => form().elements.namedItem(name);
  const fields = (name) => [...form().elements].filter((one) => one.name === name || one.name === `${name}:no`);
  const places = () => [...form().elements].filter((one) => one.name.startsWith("v:")).map((one) => one.name.slice(2));
  const say = (text) => { document.getElementById("sparat").textContent = text; };

  const written = (name) => JSON.stringify(fields(name)
    .filter((one) => !["radio", "checkbox"].includes(one.type) || one.checked)
    .map((one) => [one.name, one.value]));

  // What the server drew is what is kept. Anything else that stands in a field, since it was drawn or brought back by
  // the browser, is yet to be saved.
  const drawn = (name) => JSON.stringify(fields(name)
    .filter((one) => !["radio", "checkbox"].includes(one.type) || one.defaultChecked)
    .map((one) => [one.name, one.defaultChecked ? one.value : one.defaultValue]));

  const look = () => {
    kept = new Map(places().map((name) => [name, drawn(name)]));
    stopped.clear();
    places().filter((name) => written(name) !== kept.get(name)).forEach((name) => plan(name, TYPING));
  };

  const nameOf = (element) => {
    const name = (element.name ?? "").replace(/:no$/, "");
    return name && field(`v:${name}`) ? name : "";
  };

  const plan = (name, wait) => {
    clearTimeout(timers.get(name));
    if (!stopped.has(name)) timers.set(name, setTimeout(() => enqueue(name), wait));
  };

  const enqueue = (name) => {
    clearTimeout(timers.get(name));
    timers.delete(name);
    waiting += 1;
    queue = queue.then(() => save(name)).finally(() => { waiting -= 1; });
    queue.then(drawAnew);
    return queue;
  };

  const flush = () => { [...timers.keys()].forEach(enqueue); return queue; };

  const body = (name) => {
    const sent = new FormData();
    sent.append(`v:${name}`, field(`v:${name}`).value);
    const group = name.includes(":") ? field(`n:${name.split(":")[0]}`) : null;
    if (group) sent.append(group.name, group.value);
    fields(name).forEach((one) => {
      if (!["radio", "checkbox"].includes(one.type) || one.checked) sent.append(one.name, one.value);
    });
    return sent;
  };

  const save = async (name) => {
    const now = form() && field(`v:${name}`) ? written(name) : kept.get(name);
    if (now === kept.get(name) || stopped.has(name)) return;
    try {
      const answer = await fetch(form().dataset.answers, {
        method: "POST", body: body(name), keepalive: document.hidden, redirect: "manual",
        headers: { "X-CSRFToken": field("csrfmiddlewaretoken").value, Accept: "application/json" },
      });
      await heard(name, now, answer);
    } catch {
      say(form().dataset.offline);
      plan(name, RETRY);
    }
  };

  const heard = async (name, now, answer) => {
    if (answer.status === 200) saved(name, now, await answer.json());
    else if (answer.status === 409) showTwo(await answer.json());
    else if ([400, 422].includes(answer.status)) {
      const said = await answer.json();
      kept.set(name, now);
      tell(name, said.message);
      say(said.message);
    } else {
      say(form().dataset.failed);
      plan(name, RETRY);
    }
  };

  const saved = (name, now, said) => {
    saves += 1;
    kept.set(name, now);
    Object.entries(said.versions).forEach(([one, version]) => { field(`v:${one}`).value = version; });
    tell(name, said.faults[name] || "");
    say(said.saved);
    if (form().dataset.drivers.split(" ").includes(name.split(":").pop())) redraw = true;
    // What was typed while the answer was on its way.
    if (written(name) !== now) plan(name, TYPING);
  };

  // What is wrong stands at the question, tied to its field, and goes when it is mended.
  const tell = (name, message) => {
    const question = fields(name)[0]?.closest(".questionnaire__question");
    if (!question) return;
    const id = `fault_${name.replaceAll(":", "_")}`;
    const there = document.getElementById(id) ?? document.createElement("p");
    there.id = id;
    there.className = "ds-validation-message";
    there.textContent = message;
    if (message && !there.isConnected) (question.querySelector("legend, label") ?? question).after(there);
    if (!message) there.remove();
    fields(name).forEach((one) => {
      one.toggleAttribute("aria-invalid", Boolean(message));
      if (message) { one.setAttribute("aria-invalid", "true"); one.setAttribute("aria-describedby", id); }
      else one.removeAttribute("aria-describedby");
    });
  };

  const showTwo = (said) => {
    said.names.forEach((name) => stopped.add(name));
    const place = document.getElementById("krockar");
    place.innerHTML = said.html;
    place.firstElementChild.focus();
  };

  // The block with what now is asked. Nothing is drawn over what is being typed, one drawing is asked for at a time,
  // and one that was asked for before the latest save is thrown away: it would show older answers and versions.
  const holdsFile = () => [...form().elements].some((one) => one.type === "file" && one.files.length);
  const drawAnew = async () => {
    if (holdsFile() || !redraw || drawing || waiting || timers.size || stopped.size || going) return;
    redraw = false;
    drawing = true;
    savesWhenAsked = saves;
    try {
      await window.htmx.ajax("GET", window.location.pathname, { target: "#svar", select: "#svar", swap: "outerHTML" });
    } catch {
      drawing = false;
      redraw = true;
      return;
    }
    drawing = false;
    drawAnew();
  };

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "svar") return;
    // Without the form in it the answer is another page: the round has closed, or somebody has handed over.
    if (!event.detail.serverResponse.includes('id="svar"')) { event.detail.shouldSwap = false; say(form().dataset.failed); }
    const overtaken = saves !== savesWhenAsked;
    if (overtaken || holdsFile() || waiting || timers.size || stopped.size) { event.detail.shouldSwap = false; redraw = true; }
  });
  document.addEventListener("htmx:afterSwap", (event) => { if (event.detail.target.id === "svar") look(); });

  document.addEventListener("input", (event) => {
    if (!form()?.contains(event.target)) return;
    const name = nameOf(event.target);
    if (name) plan(name, ["radio", "checkbox"].includes(event.target.type) ? CHOICE : TYPING);
  });
  // Leaving a field, or the page: what waits goes at once.
  document.addEventListener("focusout", (event) => {
    if (form()?.contains(event.target) && timers.has(nameOf(event.target))) enqueue(nameOf(event.target));
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); });
  window.addEventListener("online", flush);
  window.addEventListener("pageshow", () => { going = false; });

  // The whole form goes when what is on its way has come back, so that nobody is taken for two.
  document.addEventListener("submit", async (event) => {
    if (event.target !== form() || going) return;
    if (!waiting && !timers.size) { going = true; return; }
    event.preventDefault();
    const { submitter } = event;
    await flush();
    going = true;
    form().requestSubmit(submitter);
  });

  // A field that somebody has made larger carries a style, and the content security policy lets none be copied.
  window.htmx.config.attributesToSettle = ["class"];
  if (form()) look();
})();
