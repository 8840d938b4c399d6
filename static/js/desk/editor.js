// Turns every textarea[data-editor] into the editor; where that cannot be loaded, the textarea stays as it is.
(() => {
  async function attachAll() {
    const waiting = [...document.querySelectorAll("textarea[data-editor]:not([data-attached])")];
    if (!waiting.length) return;
    for (const textarea of waiting) textarea.dataset.attached = "";
    try {
      const { attach } = await import(waiting[0].dataset.editor);
      for (const textarea of waiting) attach(textarea);
    } catch (error) {
      console.warn("The editor could not be started; the text can be written as Markdown.", error);
    }
  }

  attachAll();
  document.addEventListener("htmx:afterSettle", attachAll);
})();
