// Saves form[data-autosave] in the background and keeps what is typed on this device until the server has it.
// The form names where to post (data-autosave), which version it shows (data-version) and its words
// (data-autosave-words; templates/desk/parts/autosave.html). Answers: 200 {version, saved_at}, 409 {stale, url}.
(() => {
  const PREFIX = "portal:typed:";
  const QUIET = 3000;
  const RETRIES = [5000, 15000, 30000, 60000];
  const KEPT_DAYS = 30;
  const LARGEST_BEACON = 60000;
  const NOT_TYPED = new Set(["csrf_token", "version"]);

  // ---- what is kept on this device; a browser may refuse to keep anything
  const kept = {
    read(key) {
      try {
        return JSON.parse(localStorage.getItem(PREFIX + key));
      } catch {
        return null;
      }
    },
    write(key, entry) {
      try {
        localStorage.setItem(PREFIX + key, JSON.stringify(entry));
        return true;
      } catch {
        return false;
      }
    },
    remove(key) {
      try {
        localStorage.removeItem(PREFIX + key);
      } catch {
        // Nothing is kept where storage is refused.
      }
    },
    sweep(isGone) {
      try {
        for (const key of Object.keys(localStorage)) {
          if (key.startsWith(PREFIX) && isGone(kept.read(key.slice(PREFIX.length)))) localStorage.removeItem(key);
        }
      } catch {
        // As above.
      }
    },
  };

  const typedIn = (form) =>
    [...new FormData(form)].filter(([name, value]) => !NOT_TYPED.has(name) && typeof value === "string");
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  class Autosave {
    constructor(form) {
      this.form = form;
      this.words = JSON.parse(form.dataset.autosaveWords || "{}");
      // By account as well: whoever signs in next on this device is not offered a colleague's words.
      this.key = `${form.dataset.owner || ""}:${new URL(form.dataset.autosave, location.href).pathname}`;
      this.saved = typedIn(form);
      this.failures = 0;
      this.status = document.createElement("p");
      this.status.setAttribute("role", "status");
      const line = document.createElement("div");
      line.className = "autosave";
      line.append(this.status);
      form.prepend(line);
      form.addEventListener("input", () => this.changed());
      form.addEventListener("change", () => this.changed());
      form.addEventListener("submit", () => this.submitted());
      addEventListener("online", () => this.isDirty() && this.save());
      // Before the page goes: once it has, a service worker may drop the request.
      addEventListener("beforeunload", () => this.leave());
      addEventListener("pagehide", () => this.leave());
      document.addEventListener("visibilitychange", () => document.hidden && this.leave());
      addEventListener("pageshow", (event) => event.persisted && (this.submitting = false));
      this.lookBack();
    }

    get version() {
      return Number(this.form.dataset.version);
    }

    isDirty() {
      return !same(typedIn(this.form), this.saved);
    }

    changed() {
      if (this.submitting || !this.form.isConnected || !this.isDirty()) return;
      this.keep();
      this.plan(QUIET);
    }

    keep(more = {}) {
      const entry = { version: this.version, at: Date.now(), fields: typedIn(this.form), ...more };
      this.isKept = kept.write(this.key, entry);
    }

    plan(delay) {
      clearTimeout(this.timer);
      if (!this.stale) this.timer = setTimeout(() => this.save(), delay);
    }

    async save() {
      clearTimeout(this.timer);
      if (this.saving || this.stale || this.submitting || !this.form.isConnected) return;
      const fields = typedIn(this.form);
      this.saving = true;
      this.say(this.words.saving);
      let answer = null;
      try {
        answer = await fetch(this.form.dataset.autosave, { ...this.request(), redirect: "error" });
        await this.read(answer, fields);
      } catch {
        this.failed(answer);
      } finally {
        this.saving = false;
      }
    }

    request() {
      const body = new FormData(this.form);
      body.set("version", this.version);
      for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
      return { method: "POST", body: new URLSearchParams(body), headers: { Accept: "application/json" } };
    }

    async read(answer, fields) {
      if (answer.status === 409) return this.conflict(await answer.json());
      if (!answer.ok) return this.failed(answer);
      const { version, saved_at: at } = await answer.json();
      this.failures = 0;
      this.saved = fields;
      this.form.dataset.version = version;
      const field = this.form.elements.namedItem("version");
      if (field) field.value = version;
      // Nothing to keep yet (an empty new record) has no moment.
      this.say(at ? this.words.saved?.replace("{time}", spoken(at)) : "");
      if (!this.isDirty()) kept.remove(this.key);
      else {
        this.keep();
        this.plan(QUIET);
      }
    }

    failed(answer) {
      const words = answer === null ? this.words.offline : answer.status === 401 ? this.words.signedOut : this.words.refused;
      this.say(this.isKept === false ? this.words.notKept : words);
      // A form that the server does not take as it is will be refused again: wait for what is typed next.
      if (answer !== null && answer.status !== 401 && answer.status < 500) return;
      this.plan(RETRIES[Math.min(this.failures++, RETRIES.length - 1)]);
    }

    conflict({ url }) {
      this.stale = true;
      this.keep();
      const link = document.createElement("a");
      link.textContent = this.words.compare;
      if (typeof url === "string" && url.startsWith("/") && !url.startsWith("//")) link.href = url;
      this.status.replaceChildren(`${this.words.stale} `, link);
    }

    // An ordinary save: what is kept stays until the next page shows that it arrived.
    submitted() {
      clearTimeout(this.timer);
      this.submitting = true;
      if (this.isDirty()) this.keep({ submitted: true });
      setTimeout(() => (this.submitting = false), 10000);
    }

    leave() {
      if (this.submitting || this.stale || !this.form.isConnected || !this.isDirty()) return;
      this.keep();
      if (this.saving) return;
      const request = this.request();
      if (String(request.body).length > LARGEST_BEACON || !navigator.onLine) return;
      const fields = typedIn(this.form);
      // The page may live on (another tab in front): then the answer counts.
      this.saving = true;
      fetch(this.form.dataset.autosave, { ...request, keepalive: true, redirect: "error" })
        .then((answer) => this.read(answer, fields))
        .catch(() => this.plan(RETRIES[0]))
        .finally(() => (this.saving = false));
    }

    say(words) {
      if (words !== undefined && this.status.textContent !== words) this.status.textContent = words;
    }

    // After a reload or a crash: what was typed and did not arrive is offered.
    lookBack() {
      const entry = kept.read(this.key);
      if (!entry || !Array.isArray(entry.fields)) return;
      if (same(entry.fields, this.saved)) {
        if (entry.version < this.version) kept.remove(this.key);
        else if (!entry.submitted) this.resume();
      } else if (entry.submitted && entry.version < this.version) kept.remove(this.key);
      else this.offer(entry);
    }

    // The form shows what is kept, but the server has not confirmed it: it came back with a mistake, or was swapped.
    resume() {
      this.saved = null;
      this.plan(QUIET);
    }

    offer(entry) {
      const box = document.createElement("div");
      box.className = "autosave-offer";
      box.setAttribute("role", "status");
      this.form.before(box);
      const question = document.createElement("p");
      question.textContent = this.words.restore?.replace("{time}", when(entry.at));
      const button = (words, act) => {
        const made = document.createElement("button");
        made.type = "button";
        made.className = "button second";
        made.textContent = words;
        made.addEventListener("click", () => {
          box.remove();
          act();
          this.form.querySelector("input:not([type=hidden]), select, textarea, [contenteditable]")?.focus();
        });
        return made;
      };
      box.append(
        question,
        button(this.words.restoreYes, () => this.restore(entry)),
        " ",
        button(this.words.restoreNo, () => kept.remove(this.key)),
      );
    }

    restore({ fields }) {
      const values = new Map();
      for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
      for (const control of this.form.elements) {
        if (!control.name || NOT_TYPED.has(control.name) || control.type === "file") continue;
        put(control, values.get(control.name) ?? []);
      }
      this.changed();
    }
  }

  // Give a control its value; several of one name take theirs in turn.
  function put(control, values) {
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else if (control.type === "select-multiple") {
      for (const option of control.options) option.selected = values.includes(option.value);
    } else if (values.length && "value" in control && control.type !== "submit" && control.type !== "button") {
      control.value = values.shift();
    }
    control.dispatchEvent(new Event("portal:restored"));
  }

  // The server says when as words, or as a moment to be told by this device's clock.
  const spoken = (at) => (/^\d{4}-\d\d-\d\dT/.test(at) ? when(Date.parse(at)) : at);

  function when(moment) {
    const date = new Date(moment);
    const time = { hour: "2-digit", minute: "2-digit", timeZoneName: "short" };
    const today = date.toDateString() === new Date().toDateString();
    return date.toLocaleString(document.documentElement.lang, today ? time : { day: "numeric", month: "long", ...time });
  }

  kept.sweep((entry) => !entry || Date.now() - entry.at > KEPT_DAYS * 86400000);
  const watched = new WeakSet();
  function watchAll() {
    for (const form of document.querySelectorAll("form[data-autosave]")) {
      if (!watched.has(form)) new Autosave(form);
      watched.add(form);
    }
  }
  watchAll();
  document.addEventListener("htmx:afterSettle", watchAll);
  document.addEventListener("submit", (event) => {
    if (new URL(event.target.action, location.href).pathname.endsWith("/meja/keluar")) kept.sweep(() => true);
  });
})();
