// The editor of a Markdown textarea: `attach(textarea)`. The textarea stays the truth and the form's field.
import { Editor, getSchema } from "@tiptap/core";

import { makeParser, toMarkdown } from "./markdown.js";
import { cleanPaste } from "./paste.js";
import { extensions } from "./schema.js";
import { makeToolbar } from "./toolbar.js";
import { nameFigures } from "./figures.js";

export function attach(textarea) {
  if (textarea.editor) return textarea.editor;
  const words = JSON.parse(textarea.dataset.words);
  const labels = JSON.parse(textarea.dataset.figureLabels || "{}");
  const frame = document.createElement("div");
  frame.className = "editor";
  const status = document.createElement("p");
  status.className = "editor-status small";
  status.setAttribute("role", "status");
  const parse = (text) => makeParser(getSchema(extensions()), labels).parse(text).toJSON();
  const editor = new Editor({
    element: null,
    injectCSS: false,
    // What is pasted as words stays words.
    enablePasteRules: false,
    extensions: extensions(),
    content: parse(textarea.value),
    editorProps: {
      attributes: fieldAttributes(textarea),
      transformPastedHTML: cleanPaste,
      handlePaste: (_view, event) => refuseFiles(event.clipboardData, status, words),
      handleDrop: (_view, event) => refuseFiles(event.dataTransfer, status, words),
      handleKeyDown: (_view, event) => toToolbar(event, frame),
    },
    onUpdate: () => write(),
  });
  let original, baseline;

  function remember() {
    original = textarea.value;
    baseline = toMarkdown(editor.state.doc);
    nameFigures(editor, textarea);
  }

  // What is not really changed keeps the very text it came with.
  function write() {
    const text = toMarkdown(editor.state.doc);
    const value = text === baseline ? original : text;
    if (value === textarea.value) return;
    textarea.value = value;
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const surface = document.createElement("div");
  editor.mount(surface);
  frame.append(makeToolbar(editor, textarea, words), surface, status);
  remember();
  takePlace(textarea, frame, editor);
  textarea.addEventListener("portal:restored", () => {
    editor.commands.setContent(parse(textarea.value), { emitUpdate: false });
    remember();
  });
  textarea.editor = editor;
  return editor;
}

function fieldAttributes(textarea) {
  const label = document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);
  if (label && !label.id) label.id = `${textarea.id}-label`;
  const attributes = { class: "editor-text", role: "textbox", "aria-multiline": "true", lang: textarea.lang };
  if (label) attributes["aria-labelledby"] = label.id;
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name);
  }
  return attributes;
}

// The editor takes the textarea's id, so that its label and the error summary lead to what is seen.
function takePlace(textarea, frame, editor) {
  const { id } = textarea;
  textarea.id = `${id}-markdown`;
  editor.view.dom.id = id;
  textarea.hidden = true;
  textarea.required = false;
  textarea.before(frame);
  for (const label of document.querySelectorAll(`label[for="${CSS.escape(id)}"]`)) {
    label.removeAttribute("for");
    label.addEventListener("click", () => editor.commands.focus());
  }
}

function refuseFiles(data, status, words) {
  status.textContent = "";
  if (!data?.files.length || data.types.includes("text/html")) return false;
  status.textContent = words.noFiles;
  return true;
}

function toToolbar(event, frame) {
  if (event.key !== "F10" || !event.altKey) return false;
  frame.querySelector('[role=toolbar] button[tabindex="0"]').focus();
  return true;
}
