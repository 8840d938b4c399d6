// Pasted HTML, above all Word's, cut down to what a text may hold; the editor's schema drops what is left over.
import { plainTable } from "./tables.js";

const DROPPED = "style, script, meta, link, title, xml, img, svg, video, audio, object, iframe, form, button, input, select";
const HEADINGS = { H1: "h2", H4: "h3", H5: "h3", H6: "h3" };
const KEPT = new Set(["href", "data-figure", "start"]);
const BULLET = /^[\s\u00a0]*[^\p{L}\p{N}\s]|^[\s\u00a0]*o[\s\u00a0]/u;

export function cleanPaste(html) {
  // Copied within the editor: already what it may be.
  if (html.includes("data-pm-slice")) return html;
  const page = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  dropComments(page);
  for (const element of page.querySelectorAll(DROPPED)) element.remove();
  gatherLists(page);
  for (const element of [...page.body.querySelectorAll("*")]) plainElement(element);
  for (const table of page.querySelectorAll("table")) plainTable(table);
  for (const paragraph of page.querySelectorAll("body > p, body > div")) {
    if (!paragraph.textContent.trim()) paragraph.remove();
  }
  return page.body.innerHTML;
}

// Styles and handlers are renamed before parsing: the page's policy applies to a parsed document too, and lists are
// read from the styles.
function withoutStyles(html) {
  return html
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style=").replace(/[\s/](on\w+|srcdoc)\s*=/gi, " data-gone="));
}

function dropComments(page) {
  const walker = page.createTreeWalker(page, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.remove();
}

function plainElement(element) {
  const style = element.dataset.style ?? "";
  const wanted = HEADINGS[element.tagName] ?? emphasis(element, style);
  for (const name of element.getAttributeNames()) if (!KEPT.has(name)) element.removeAttribute(name);
  if (wanted === "") element.replaceWith(...element.childNodes);
  else if (wanted) rename(element, wanted);
}

// What a span or bold tag stands for: "strong", "em", "" (only a wrapper) or undefined (leave it).
function emphasis(element, style) {
  const plain = /(?<![\w-])font-weight:\s*(normal|400)/.test(style);
  if (element.matches("b, strong")) return plain ? "" : undefined;
  if (!element.matches("span, font") || element.dataset.figure) return element.localName.includes(":") ? "" : undefined;
  if (/(?<![\w-])font-weight:\s*(bold|[6-9]00)/.test(style)) return "strong";
  return /(?<![\w-])font-style:\s*italic/.test(style) ? "em" : "";
}

function rename(element, name) {
  const other = element.ownerDocument.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
}

// Word writes lists as paragraphs with a level in their style and the bullet or number as text.
function gatherLists(page) {
  let open = [];
  for (const paragraph of [...page.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    const level = Number(/mso-list:[^;]*\blevel(\d)/.exec(paragraph.dataset.style ?? "")?.[1] ?? 0);
    if (!level) {
      open = [];
      continue;
    }
    const name = takeMark(paragraph);
    const follows = open[0]?.list.nextElementSibling === paragraph;
    open = follows ? open.filter((entry) => entry.level <= level) : [];
    if (!open.length || open.at(-1).level < level) open.push(newList(name, level, open.at(-1)?.list, paragraph));
    const item = page.createElement("li");
    item.append(...paragraph.childNodes);
    open.at(-1).list.append(item);
    paragraph.remove();
  }
}

function newList(name, level, parent, paragraph) {
  const list = paragraph.ownerDocument.createElement(name);
  if (parent) parent.lastElementChild.append(list);
  else paragraph.before(list);
  return { list, level };
}

// Remove the bullet or number that Word wrote, and say which kind of list it stood for.
function takeMark(paragraph) {
  const mark = [...paragraph.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/i.test(span.dataset.style ?? ""));
  const text = mark?.textContent ?? "";
  mark?.remove();
  return BULLET.test(text) || !text.trim() ? "ul" : "ol";
}
