// Beside autosave.js: Enter in a search box of a form searches, it does not save.
for (const box of document.querySelectorAll(".record-form input[type=search]")) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    // A box that htmx watches has searched already.
    if (!box.hasAttribute("hx-post")) box.parentElement.querySelector("button")?.click();
  });
}
