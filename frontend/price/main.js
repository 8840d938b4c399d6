/* <proof-of-work>: has ALTCHA's widget solve the challenge of a check, then sends the form the visitor filled in again.
   What stands in the page already, the slower way, shows again when the device cannot do it. */
import "altcha/external";

// More would leave a weak phone nothing for the page itself.
const MOST_WORKERS = 2;
const GIVE_UP_MILLISECONDS = 240000;
const ALGORITHM = "PBKDF2/SHA-256";

class ProofOfWork extends HTMLElement {
  connectedCallback() {
    if (this.widget) return;
    this.form = this.closest("form");
    this.status = this.querySelector("[role=status]");
    this.bar = this.querySelector("progress");
    this.slow = this.form.querySelector("[data-slow]");
    this.tried = new Map();
    this.onSubmit = (event) => this.hold(event);
    this.form.addEventListener("submit", this.onSubmit, true);
    this.start();
  }

  disconnectedCallback() {
    this.form.removeEventListener("submit", this.onSubmit, true);
  }

  start() {
    this.working = true;
    this.slow.hidden = true;
    this.bar.hidden = false;
    this.say("working");
    globalThis.$altcha.algorithms.set(ALGORITHM, () => this.worker());
    this.widget = document.createElement("altcha-widget");
    this.widget.addEventListener("verified", () => this.done());
    this.widget.addEventListener("statechange", ({ detail }) => {
      if (detail.state === "error" || detail.state === "expired") this.fail();
    });
    const given = {
      challenge: this.dataset.challenge,
      name: "bukti",
      auto: "onload",
      display: "invisible",
      workers: String(Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 1)),
      // Nothing about how the visitor moves or types is collected.
      configuration: JSON.stringify({ humanInteractionSignature: false, hideLogo: true, hideFooter: true, minDuration: 0, timeout: GIVE_UP_MILLISECONDS }),
    };
    for (const [name, value] of Object.entries(given)) this.widget.setAttribute(name, value);
    this.append(this.widget);
  }

  worker() {
    const worker = new Worker(this.dataset.worker);
    worker.addEventListener("message", (event) => {
      if (!event.data || event.data.tried === undefined) return;
      // The widget takes every message for the solution.
      event.stopImmediatePropagation();
      this.tried.set(worker, event.data.tried);
      this.bar.value = [...this.tried.values()].reduce((sum, one) => sum + one, 0);
    });
    return worker;
  }

  done() {
    this.working = false;
    this.bar.value = this.bar.max;
    this.say("done");
    // The widget writes its hidden field after it tells of it.
    setTimeout(() => this.form.requestSubmit(), 0);
  }

  fail() {
    this.working = false;
    this.bar.hidden = true;
    this.slow.hidden = false;
    this.say("failed");
  }

  hold(event) {
    if (!this.working) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.say("patience");
  }

  say(name) {
    this.status.textContent = this.dataset[name];
  }
}

customElements.define("proof-of-work", ProofOfWork);
