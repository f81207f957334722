// What is typed in a form with data-autosave is kept as it is typed: first in this browser, then as the person's own
// draft on the server. Without a connection it stays in the browser and is sent when there is one again.
// A draft is read by nobody else, and saving one shares nothing.
(() => {
  const WAIT = 1200;
  const RETRY = 15000;
  const PREFIX = "samverka.utkast";
  const SKIPPED = new Set(["csrfmiddlewaretoken", "idempotency_key", "draft_key", "draft_revision", "version", "place"]);

  const stored = (() => {
    try {
      localStorage.setItem(`${PREFIX}.prov`, "1");
      localStorage.removeItem(`${PREFIX}.prov`);
      return localStorage;
    } catch { return null; }
  })();

  const clock = () => {
    const time = new Date().toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" });
    return document.documentElement.lang === "sv" ? time.replace(":", ".") : time;
  };

  class Keeper {
    constructor(form) {
      this.form = form;
      this.panel = form.querySelector("[data-draft]");
      this.status = this.panel.querySelector("[data-draft-status]");
      this.elsewhere = this.panel.querySelector("[data-draft-elsewhere]");
      this.revision = Number(form.dataset.revision);
      this.place = `${PREFIX}:${form.dataset.owner}:${form.dataset.draftUrl}:${form.dataset.autosave}`;
      this.kept = this.written();
      this.timer = 0;
      this.sending = false;
      this.bringBack();
      form.addEventListener("input", () => this.changed());
      form.addEventListener("change", () => this.changed());
      form.addEventListener("submit", (event) => this.submitted(event));
      window.addEventListener("online", () => this.send());
      window.addEventListener("pageshow", () => { this.going = false; });
      // Leaving the page: what waits for its turn is sent at once.
      document.addEventListener("visibilitychange", () => { if (document.hidden && this.timer) this.send(true); });
      this.panel.querySelector("[data-draft-take]").addEventListener("click", () => this.take());
      this.panel.querySelector("[data-draft-keep]").addEventListener("click", () => this.keepMine());
    }

    fields() {
      return [...this.form.elements].filter((field) =>
        field.name && !SKIPPED.has(field.name) && !["submit", "button", "file"].includes(field.type));
    }

    written() {
      const values = {};
      for (const field of this.fields()) {
        if (["radio", "checkbox"].includes(field.type)) {
          if (field.checked) values[field.name] = values[field.name] ? `${values[field.name]}\n${field.value}` : field.value;
        } else values[field.name] = field.value;
      }
      return JSON.stringify(values);
    }

    fill(values) {
      for (const field of this.fields()) {
        if (!(field.name in values)) continue;
        if (["radio", "checkbox"].includes(field.type)) field.checked = values[field.name].split("\n").includes(field.value);
        else field.value = values[field.name];
      }
    }

    // What this browser still holds and could not send is newer than what the page was drawn with.
    bringBack() {
      if (!stored) return;
      const held = stored.getItem(this.place);
      if (!held || held === this.kept) return;
      this.fill(JSON.parse(held));
      this.say(this.panel.dataset.back);
      this.send();
    }

    say(text) {
      if (this.status.textContent !== text) this.status.textContent = text;
    }

    changed() {
      if (this.written() === this.kept) return;
      if (stored) {
        try { stored.setItem(this.place, this.written()); } catch { /* the server's draft remains */ }
      }
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), WAIT);
    }

    again() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), RETRY);
    }

    async send(leaving = false) {
      clearTimeout(this.timer);
      this.timer = 0;
      const now = this.written();
      if (now === this.kept || (this.sending && !leaving)) return true;
      let reached = true;
      this.sending = true;
      const body = new FormData();
      body.append("key", this.form.dataset.autosave);
      body.append("values", now);
      body.append("base_version", this.form.dataset.baseVersion);
      body.append("revision", this.revision);
      try {
        const answer = await fetch(this.form.dataset.draftUrl, {
          method: "POST", body, keepalive: leaving, redirect: "manual",
          headers: { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value, Accept: "application/json" },
        });
        await this.answered(answer, now);
      } catch {
        reached = false;
        this.say(this.panel.dataset.offline);
        this.again();
      } finally {
        this.sending = false;
      }
      if (this.written() !== this.kept && !this.timer && this.elsewhere.hidden) this.timer = setTimeout(() => this.send(), WAIT);
      return reached;
    }

    async answered(answer, sent) {
      if (answer.status === 200 || answer.status === 409) {
        const said = await answer.json();
        this.revision = said.revision;
        this.form.elements.draft_revision.value = said.revision;
        if (said.elsewhere) { this.showOther(said.elsewhere); return; }
        this.kept = sent;
        if (stored && this.written() === sent) stored.removeItem(this.place);
        this.say(said.overtaken ? this.panel.dataset.overtaken : this.panel.dataset.kept.replace("{time}", clock()));
        return;
      }
      const signedOut = answer.type === "opaqueredirect" || [401, 403].includes(answer.status);
      this.say(signedOut ? this.panel.dataset.signedOut : this.panel.dataset.failed);
      if (!signedOut && answer.status >= 500) this.again();
      else if (!signedOut) this.kept = sent;
    }

    showOther(values) {
      this.other = values;
      this.panel.querySelector("[data-draft-other]").textContent = Object.values(values).filter((text) => text.length > 8).join("\n") || Object.values(values).join("\n");
      this.elsewhere.hidden = false;
    }

    take() {
      this.fill(this.other);
      this.elsewhere.hidden = true;
      this.kept = this.written();
      if (stored) stored.removeItem(this.place);
      this.say("");
    }

    keepMine() {
      this.elsewhere.hidden = true;
      this.kept = "";
      this.send();
    }

    // What was typed last is kept before the form goes, so that it is not lost if the answer never comes.
    async submitted(event) {
      if (this.going || this.written() === this.kept) return;
      event.preventDefault();
      clearTimeout(this.timer);
      while (this.sending) await new Promise((resolve) => { setTimeout(resolve, 50); });
      const reached = await this.send();
      if (reached === false) { this.say(this.panel.dataset.wait); return; }
      if (!this.elsewhere.hidden) return;
      this.going = true;
      this.form.requestSubmit(event.submitter);
    }
  }

  // Whoever signs out leaves nothing on a shared computer.
  document.querySelectorAll("form[action$='/konto/logga-ut/']").forEach((form) => {
    form.addEventListener("submit", () => {
      if (stored) Object.keys(stored).filter((key) => key.startsWith(PREFIX)).forEach((key) => stored.removeItem(key));
    });
  });

  document.querySelectorAll("form[data-autosave]").forEach((form) => new Keeper(form));
})();
