// Beside autosave.js: Enter in a search box of a form searches, and in the small form for a source it adds the source.
for (const box of document.querySelectorAll(".record-form input[type=search]")) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    // A box that htmx watches has searched already.
    if (!box.hasAttribute("hx-post")) box.parentElement.querySelector("button")?.click();
  });
}
for (const box of document.querySelectorAll(".new-source input:not([type=hidden])")) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    box.closest(".new-source").querySelector("button").click();
  });
}
