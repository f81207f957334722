// What is typed in a form with data-autosave is kept as it is typed: first in this browser, then as the person's own
// draft on the server. Without a connection it stays in the browser and is sent when there is one again.
// A draft is read by nobody else, and saving one shares nothing.
(() => {
  const WAIT = 1200;
  const RETRY = 15000;
  const MOST_AFTERWARDS = 20000;
  const PREFIX = "samverka.utkast";
  const SKIPPED = new Set(["csrfmiddlewaretoken", "idempotency_key", "draft_key", "draft_revision", "version", "place",
    "keep_numbers"]);
  const TYPED = "textarea, input[type=text], input[type=email], input[type=number], input:not([type])";

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
      document.addEventListener("visibilitychange", () => {
        if (document.hidden ? this.timer : this.signedOut) this.send(document.hidden);
      });
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
        const value = values[field.name];
        // A group without a tick is not among the values.
        if (["radio", "checkbox"].includes(field.type)) field.checked = (value ?? "").split("\n").includes(field.value);
        else if (value !== undefined) field.value = value;
        if (value) this.unfold(field);
      }
      this.form.dispatchEvent(new Event("filled"));
    }

    // What is brought back stands where it is seen.
    unfold(field) {
      const folded = field.closest("details");
      if (folded) folded.open = true;
    }

    // The version of the saved text that what stands in the form began from.
    get version() { return Number(this.form.elements.version?.value || 0); }

    set version(number) { if (this.form.elements.version) this.form.elements.version.value = number; }

    // What is held says what it began from, so that it is never taken for an answer to what has been saved since.
    hold() {
      if (!stored) return;
      const held = { values: JSON.parse(this.written()), version: this.version, revision: this.revision };
      try { stored.setItem(this.place, JSON.stringify(held)); } catch { /* the server's draft remains */ }
    }

    letGo() {
      if (stored) stored.removeItem(this.place);
    }

    held() {
      try { return JSON.parse(stored.getItem(this.place)); } catch { return null; }
    }

    // What this browser still holds and could not send is newer than what the page was drawn with.
    bringBack() {
      const held = this.held();
      if (!held?.values) return;
      if (JSON.stringify(held.values) === this.kept) { this.letGo(); return; }
      this.fill(held.values);
      this.version = held.version;
      this.revision = held.revision;
      this.say(this.panel.dataset.back);
      this.send();
    }

    say(text) {
      if (this.status.textContent !== text) this.status.textContent = text;
    }

    changed() {
      if (this.written() === this.kept) return;
      this.hold();
      clearTimeout(this.timer);
      // While the person has two texts to choose from, nothing is sent over the other.
      this.timer = this.choosing ? 0 : setTimeout(() => this.send(), WAIT);
    }

    again() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), RETRY);
    }

    get choosing() { return !this.elsewhere.hidden; }

    // Whether the form may go to the server now: it was reached, and knows who asks.
    async send(leaving = false) {
      clearTimeout(this.timer);
      this.timer = 0;
      const now = this.written();
      if (this.choosing || (now === this.kept && navigator.onLine) || (this.sending && !leaving)) return true;
      this.sending = true;
      let heard = false;
      try {
        heard = await this.answered(await this.post(now, leaving), now);
      } catch {
        this.say(this.panel.dataset.offline);
        this.again();
      } finally {
        this.sending = false;
      }
      if (heard && this.written() !== this.kept && !this.timer && !this.choosing) {
        this.timer = setTimeout(() => this.send(), WAIT);
      }
      return heard;
    }

    async post(values, leaving) {
      const ask = () => {
        const body = new FormData();
        body.append("key", this.form.dataset.autosave);
        body.append("values", values);
        body.append("base_version", this.version);
        body.append("revision", this.revision);
        return fetch(this.form.dataset.draftUrl, {
          // A browser lets no more than so much be sent after the page has gone; the rest waits in the browser.
          method: "POST", body, keepalive: leaving && values.length < MOST_AFTERWARDS, redirect: "manual",
          headers: { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value, Accept: "application/json" },
        });
      };
      const answer = await ask();
      this.signedOut = false;
      return answer.status === 403 && !leaving && await this.renewed() ? ask() : answer;
    }

    // Whoever has signed in again in another tab has another token there: fetch it, if it is the same person.
    async renewed() {
      const answer = await fetch(window.location.href, { redirect: "manual" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const same = [...page.querySelectorAll("form[data-autosave]")].find((form) =>
        form.dataset.autosave === this.form.dataset.autosave && form.dataset.owner === this.form.dataset.owner);
      if (same) this.form.elements.csrfmiddlewaretoken.value = same.elements.csrfmiddlewaretoken.value;
      this.signedOut = answer.type === "opaqueredirect";
      return Boolean(same);
    }

    async answered(answer, sent) {
      if (this.signedOut) { this.say(this.panel.dataset.signedOut); return false; }
      if (answer.status === 409) { this.showOther(await answer.json()); return true; }
      if (answer.status === 200) this.saved(await answer.json(), sent);
      else if (answer.status >= 500) {
        this.say(this.panel.dataset.failed);
        this.again();
      } else {
        this.kept = sent;
        this.say(answer.status === 400 ? (await answer.json()).message : this.panel.dataset.refused);
      }
      return true;
    }

    saved(said, sent) {
      this.know(said.revision);
      this.kept = sent;
      if (this.written() === sent) this.letGo();
      else this.hold();
      this.say(said.overtaken ? this.panel.dataset.overtaken : this.panel.dataset.kept.replace("{time}", clock()));
    }

    know(revision) {
      this.revision = revision;
      this.form.elements.draft_revision.value = revision;
    }

    showOther(said) {
      this.other = said;
      const typed = this.fields().filter((field) => field.matches(TYPED));
      const differing = typed.filter((field) => (said.elsewhere[field.name] ?? "") !== field.value);
      this.panel.querySelector("[data-draft-other]").textContent = differing.map((field) => {
        const label = typed.length > 1 && field.labels?.[0] ? `${field.labels[0].firstChild.textContent.trim()}: ` : "";
        return label + (this.words(field, said.elsewhere[field.name] ?? "") || this.panel.dataset.empty);
      }).join("\n");
      this.elsewhere.hidden = false;
      this.say(this.panel.dataset.choose);
    }

    // A text with form is shown as one reads it; what is parsed here is never run.
    words(field, value) {
      if (!field.matches("[data-rich-text]")) return value;
      return new DOMParser().parseFromString(value, "text/html").body.textContent;
    }

    // The other text comes with the version that it began from; it may be another than this page's.
    take() {
      this.fill(this.other.elsewhere);
      this.version = this.other.version;
      this.chosen();
      this.kept = this.written();
      this.letGo();
      this.say("");
    }

    keepMine() {
      this.chosen();
      this.kept = "";
      this.send();
    }

    chosen() {
      this.know(this.other.revision);
      this.elsewhere.hidden = true;
      this.form.querySelector(TYPED)?.focus();
    }

    // What was typed last is kept before the form goes, so that it is not lost if the answer never comes.
    async submitted(event) {
      if (this.going || (this.written() === this.kept && navigator.onLine && !this.choosing)) return;
      event.preventDefault();
      clearTimeout(this.timer);
      while (this.sending) await new Promise((resolve) => { setTimeout(resolve, 50); });
      const heard = await this.send();
      if (this.choosing) { this.elsewhere.querySelector("button").focus(); return; }
      if (!heard) { if (!this.signedOut) this.say(this.panel.dataset.wait); return; }
      this.going = true;
      this.form.requestSubmit(event.submitter);
    }
  }

  document.querySelectorAll("form[data-autosave]").forEach((form) => new Keeper(form));
})();
