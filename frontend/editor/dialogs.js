// Dialogs of the editor, made from the page's words; nothing fetched is put into the page as HTML.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value !== false && value !== null) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

let number = 0;

export function field(words, attributes = {}) {
  const id = `editor-field-${++number}`;
  const input = element("input", { type: "text", ...attributes, id });
  return { input, box: element("div", { class: "field" }, element("label", { for: id }, words), input) };
}

// Opens a dialog that gives the focus back to the text when it closes.
export function open(editor, title, words, ...content) {
  const id = `editor-dialog-${++number}`;
  const close = element("button", { type: "button", class: "button second" }, words.close);
  const dialog = element(
    "dialog",
    { class: "editor-dialog", "aria-labelledby": id },
    element("h2", { id }, title),
    ...content,
    close,
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    editor.commands.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

// A form that stays on the page: Enter in a field calls `act`.
export function form(act, ...content) {
  const made = element("form", { novalidate: true }, ...content);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    act();
  });
  return made;
}

export const problem = () => element("p", { class: "field-error", role: "alert" });

// Fetches a page of choices and gives it parsed; null where it cannot be had.
export async function choices(address, parameters) {
  const url = new URL(address, location.href);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" }, redirect: "error" });
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  } catch {
    return null;
  }
}

// A search box over a list of choices; `read(page)` gives buttons.
export function finder(address, region, words, read) {
  const { input, box } = field(words.search, { type: "search" });
  const list = element("ul", { class: "editor-choices" });
  const said = element("p", { class: "small", role: "status" });
  let asked = 0;
  const search = async () => {
    const number = (asked += 1);
    said.textContent = words.searching;
    const page = await choices(address, { q: input.value.trim(), wilayah: region });
    // The answer to an earlier question may come after that to the last one.
    if (number !== asked) return;
    const found = page ? read(page) : [];
    list.replaceChildren(...found.map((button) => element("li", {}, button)));
    said.textContent = page ? words.found.replace("0", String(found.length)) : words.unreachable;
  };
  const press = element("button", { class: "button" }, words.find);
  return { search, content: [form(search, box, press), said, list] };
}
