/* Sends a form with a file while showing how far it is. Without this script the form is posted as any other. */
(() => {
  "use strict";
  const KINDS = [[0x50, 0x4b, 0x03, 0x04], [0xd0, 0xcf, 0x11, 0xe0]];
  const WRONG = [[0x89, 0x50, 0x4e, 0x47], [0x25, 0x50, 0x44, 0x46], [0xff, 0xd8, 0xff], [0x47, 0x49, 0x46, 0x38], [0x1f, 0x8b], [0x52, 0x61, 0x72, 0x21], [0x37, 0x7a, 0xbc, 0xaf]];
  const begins = (bytes, marks) => marks.some((mark) => mark.every((byte, at) => bytes[at] === byte));

  async function mistake(form, file) {
    if (file.size > Number(form.dataset.largest)) return form.dataset.tooLarge;
    const bytes = new Uint8Array(await file.slice(0, 8).arrayBuffer());
    return !begins(bytes, KINDS) && begins(bytes, WRONG) ? form.dataset.wrongKind : "";
  }

  function show(form, words, share) {
    const box = form.querySelector("[data-upload-status]");
    box.hidden = false;
    box.querySelector("[role=status]").textContent = words;
    if (share !== undefined) box.querySelector("progress").value = share;
  }

  function replacePage(request) {
    if (request.responseURL) history.replaceState(null, "", request.responseURL);
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    document.title = page.title;
    document.querySelector("main").replaceWith(page.querySelector("main"));
    const summary = document.getElementById("error-summary") || document.getElementById("main");
    summary.focus();
    document.querySelectorAll("form[data-upload]").forEach(prepare);
  }

  function send(form, button) {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) show(form, form.dataset.sending, Math.round((event.loaded / event.total) * 100));
    });
    request.upload.addEventListener("load", () => show(form, form.dataset.arrived, 100));
    request.addEventListener("error", () => {
      button.disabled = false;
      show(form, form.dataset.failed, 0);
    });
    request.addEventListener("load", () => {
      const moved = request.responseURL && request.responseURL.split("?")[0] !== form.action.split("?")[0];
      if (request.status < 300 && moved) window.location.assign(request.responseURL);
      else replacePage(request);
    });
    request.send(new FormData(form));
  }

  function prepare(form) {
    form.addEventListener("submit", async (event) => {
      const file = form.querySelector("input[type=file]").files[0];
      if (!file) return;
      event.preventDefault();
      const button = form.querySelector("button");
      const wrong = await mistake(form, file);
      if (wrong) {
        show(form, wrong, 0);
        return;
      }
      button.disabled = true;
      show(form, form.dataset.sending, 0);
      send(form, button);
    });
  }

  document.querySelectorAll("form[data-upload]").forEach(prepare);
})();
