// Choosing a figure of a record, and the names of the figures a text already has.
import { choices, element, finder, open } from "./dialogs.js";
import { TOKEN } from "./schema.js";

const label = (choice) => choice.dataset.label || choice.textContent.replace(/\s+/g, " ").trim();
const isToken = (token) => TOKEN.test(`[[${token}]]`);
const bare = (token) => token.replace(/^\[\[|\]\]$/g, "");

export function askFigure(editor, textarea, words) {
  const { search, content } = finder(textarea.dataset.figures, textarea.dataset.region ?? "", words, (page) =>
    [...page.querySelectorAll("[data-token]")]
      .filter((choice) => isToken(bare(choice.dataset.token)))
      .map((choice) => element("button", { type: "button", click: () => insert(choice) }, label(choice))),
  );
  const dialog = open(editor, words.figure, words, element("p", {}, words.figureHelp), ...content);
  search();

  function insert(choice) {
    dialog.close();
    const attrs = { token: bare(choice.dataset.token), label: label(choice) };
    editor.chain().focus().insertContent([{ type: "figure", attrs }]).run();
  }
}

// Tokens that came with the text are shown by name, asked for where the page did not give it.
export async function nameFigures(editor, textarea) {
  if (!textarea.dataset.figures) return;
  const unnamed = new Set();
  editor.state.doc.descendants((node) => {
    if (node.type.name === "figure" && !node.attrs.label) unnamed.add(node.attrs.token);
  });
  for (const token of unnamed) {
    const page = await choices(textarea.dataset.figures, { q: token, wilayah: textarea.dataset.region ?? "" });
    const found = [...(page?.querySelectorAll("[data-token]") ?? [])].find((choice) => bare(choice.dataset.token) === token);
    if (found) setLabel(editor, token, label(found));
  }
}

function setLabel(editor, token, words) {
  const { tr, doc } = editor.state;
  doc.descendants((node, position) => {
    if (node.type.name === "figure" && node.attrs.token === token) {
      tr.setNodeMarkup(position, null, { token, label: words });
    }
  });
  editor.view.dispatch(tr.setMeta("addToHistory", false));
}
