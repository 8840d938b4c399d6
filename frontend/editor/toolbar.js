// The toolbar: one stop for Tab, arrow keys inside it (WAI-ARIA toolbar pattern), Escape back to the text.
import { askFigure } from "./figures.js";
import { askLink } from "./links.js";
import { askPicture } from "./pictures.js";

// name: [what it does, whether it is on, whether it shows]; its words come with the page, in the page's language.
const COMMANDS = {
  heading2: [(run) => run.toggleHeading({ level: 2 }), (editor) => editor.isActive("heading", { level: 2 })],
  heading3: [(run) => run.toggleHeading({ level: 3 }), (editor) => editor.isActive("heading", { level: 3 })],
  bold: [(run) => run.toggleBold(), (editor) => editor.isActive("bold")],
  italic: [(run) => run.toggleItalic(), (editor) => editor.isActive("italic")],
  bullets: [(run) => run.toggleBulletList(), (editor) => editor.isActive("bulletList")],
  numbers: [(run) => run.toggleOrderedList(), (editor) => editor.isActive("orderedList")],
  quote: [(run) => run.toggleBlockquote(), (editor) => editor.isActive("blockquote")],
  link: [askLink, (editor) => editor.isActive("link")],
  picture: [askPicture],
  figure: [askFigure],
  table: [(run) => run.insertTable({ rows: 3, cols: 2, withHeaderRow: true })],
  undo: [(run) => run.undo()],
  redo: [(run) => run.redo()],
  rowAfter: [(run) => run.addRowAfter(), null, inTable],
  columnAfter: [(run) => run.addColumnAfter(), null, inTable],
  rowGone: [(run) => run.deleteRow(), null, inTable],
  columnGone: [(run) => run.deleteColumn(), null, inTable],
  tableGone: [(run) => run.deleteTable(), null, inTable],
};
const DIALOGS = new Set([askLink, askPicture, askFigure]);
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function inTable(editor) {
  return editor.isActive("table");
}

export function makeToolbar(editor, textarea, words) {
  const bar = document.createElement("div");
  bar.className = "editor-bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", words.toolbar);
  bar.setAttribute("aria-controls", textarea.id);
  const offered = Object.keys(COMMANDS).filter((name) => isOffered(name, textarea));
  const buttons = offered.map((name) => makeButton(name, words, () => perform(name, editor, textarea, words)));
  bar.append(...buttons);
  bar.addEventListener("keydown", (event) => move(event, buttons, editor));
  bar.addEventListener("focusin", (event) => rest(event.target, buttons));
  const show = () => refresh(editor, buttons);
  editor.on("transaction", show);
  show();
  rest(buttons[0], buttons);
  return bar;
}

// Pictures and figures are offered only where the page says where to choose them.
function isOffered(name, textarea) {
  if (name === "picture") return Boolean(textarea.dataset.pictures);
  return name !== "figure" || Boolean(textarea.dataset.figures);
}

function makeButton(name, words, onPress) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.command = name;
  button.textContent = words[name];
  if (COMMANDS[name][1]) button.setAttribute("aria-pressed", "false");
  // A press with the mouse leaves the focus, and so the selection, in the text.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", onPress);
  return button;
}

function perform(name, editor, textarea, words) {
  const [command] = COMMANDS[name];
  if (DIALOGS.has(command)) command(editor, textarea, words);
  else command(editor.chain().focus()).run();
}

function refresh(editor, buttons) {
  for (const button of buttons) {
    const [, isOn, shows] = COMMANDS[button.dataset.command];
    if (isOn) button.setAttribute("aria-pressed", String(isOn(editor)));
    if (shows) button.hidden = !shows(editor);
  }
  const holder = buttons.find((button) => button.tabIndex === 0);
  if (holder?.hidden) rest(buttons[0], buttons);
}

function rest(target, buttons) {
  for (const button of buttons) button.tabIndex = button === target ? 0 : -1;
}

function move(event, buttons, editor) {
  if (event.key === "Escape") editor.commands.focus();
  const shown = buttons.filter((button) => !button.hidden);
  const at = shown.indexOf(event.target);
  const to = { Home: 0, End: shown.length - 1 }[event.key] ?? (at + STEPS[event.key] + shown.length) % shown.length;
  if (Number.isNaN(to)) return;
  event.preventDefault();
  shown[to].focus();
}
