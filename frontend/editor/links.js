// The dialog of a link: its address, and taking it away.
import { element, field, form, open, problem } from "./dialogs.js";
import { isAddress } from "./schema.js";

export function askLink(editor, _textarea, words) {
  const former = editor.getAttributes("link").href ?? "";
  const { input, box } = field(words.linkAddress, { type: "text", inputmode: "url", autocomplete: "off" });
  input.value = former;
  const wrong = problem();
  const buttons = [element("button", { class: "button" }, words.linkSet)];
  if (former) buttons.push(element("button", { type: "button", class: "button second", click: () => remove() }, words.linkGone));
  const dialog = open(editor, words.link, words, form(() => set(), box, wrong, ...buttons));

  function set() {
    const address = whole(input.value.trim());
    if (!isAddress(address)) {
      wrong.textContent = words.linkWrong;
      input.focus();
      return;
    }
    dialog.close();
    link(editor, address);
  }

  function remove() {
    dialog.close();
    editor.chain().focus().extendMarkRange("link").unsetLink().run();
  }
}

// What people type for a web address: often without its beginning.
function whole(text) {
  return /^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(text) ? `https://${text}` : text;
}

function link(editor, href) {
  const chain = editor.chain().focus();
  if (editor.state.selection.empty && !editor.isActive("link")) {
    chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
  } else chain.extendMarkRange("link").setLink({ href }).run();
}
