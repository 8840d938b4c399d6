// Passkeys: making one and signing in with one. The blocks stay hidden where the browser knows none.
(() => {
  "use strict";
  if (!window.PublicKeyCredential) return;

  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (char) => char.charCodeAt(0)).buffer;
  };
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");
  const opened = (listed) => (listed || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const post = async (address, token, body, type) => {
    const headers = { "X-CSRFToken": token };
    if (type) headers["Content-Type"] = type;
    const answer = await fetch(address, { method: "POST", headers, body, credentials: "same-origin" });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.error || "");
    return told;
  };

  const shown = (credential) => {
    const told = { id: credential.id, rawId: text(credential.rawId), type: credential.type, response: {} };
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) told.response[name] = text(credential.response[name]);
    }
    if (credential.response.getTransports) told.response.transports = credential.response.getTransports();
    told.clientExtensionResults = credential.getClientExtensionResults();
    return told;
  };

  const signIn = async (block, token) => {
    const asked = await post(block.dataset.ask, token);
    asked.challenge = bytes(asked.challenge);
    asked.allowCredentials = opened(asked.allowCredentials);
    const credential = await navigator.credentials.get({ publicKey: asked });
    return post(block.dataset.take, token, JSON.stringify(shown(credential)), "application/json");
  };

  const add = async (block, token) => {
    const password = block.querySelector("[name=kunci-sandi]");
    const form = new URLSearchParams({ sandi: password ? password.value : "" });
    const asked = await post(block.dataset.ask, token, form);
    asked.challenge = bytes(asked.challenge);
    asked.user.id = bytes(asked.user.id);
    asked.excludeCredentials = opened(asked.excludeCredentials);
    const credential = await navigator.credentials.create({ publicKey: asked });
    const name = block.querySelector("[name=kunci-nama]").value;
    return post(block.dataset.take, token, JSON.stringify({ credential: shown(credential), name }), "application/json");
  };

  const acts = { "sign-in": signIn, add };
  for (const block of document.querySelectorAll("[data-passkey]")) {
    const button = block.querySelector("button");
    const fault = block.querySelector("[role=alert]");
    block.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      fault.hidden = true;
      try {
        const told = await acts[block.dataset.passkey](block, block.querySelector("[name=csrf_token]").value);
        location.assign(told.go);
      } catch (error) {
        // A browser's own errors are in its own words; ours are sentences from the server.
        fault.textContent = (!(error instanceof DOMException) && error.message) || block.dataset.failed;
        fault.hidden = false;
        button.disabled = false;
      }
    });
  }
})();
