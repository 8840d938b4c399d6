// Markdown in and out, by the same grammar as on the server: CommonMark without HTML, with tables and figures.
import { defaultMarkdownSerializer, MarkdownParser, MarkdownSerializerState } from "prosemirror-markdown";
import MarkdownIt from "markdown-it";

import { PICTURE, TOKEN } from "./schema.js";

const ONE_TOKEN = new RegExp(TOKEN.source, "y");

function figureRule(state, silent) {
  ONE_TOKEN.lastIndex = state.pos;
  const match = state.src.charCodeAt(state.pos) === 0x5b && ONE_TOKEN.exec(state.src);
  if (!match) return false;
  if (!silent) state.push("figure", "", 0).content = match[1];
  state.pos += match[0].length;
  return true;
}

const tokenizer = new MarkdownIt("commonmark", { html: false }).enable("table");
tokenizer.inline.ruler.before("link", "figure", figureRule);

export function makeParser(schema, labels) {
  const parser = new MarkdownParser(schema, tokenizer, {
    blockquote: { block: "blockquote" },
    paragraph: { block: "paragraph" },
    list_item: { block: "listItem" },
    bullet_list: { block: "bulletList" },
    ordered_list: { block: "orderedList", getAttrs: (token) => ({ start: Number(token.attrGet("start") || 1) }) },
    // Page titles are level one, so a text begins at two.
    heading: { block: "heading", getAttrs: (token) => ({ level: Number(token.tag.slice(1)) < 3 ? 2 : 3 }) },
    code_block: { block: "paragraph", noCloseToken: true },
    fence: { block: "paragraph", noCloseToken: true },
    hr: { ignore: true, noCloseToken: true },
    hardbreak: { node: "hardBreak" },
    figure: { node: "figure", getAttrs: (token) => ({ token: token.content, label: labels[token.content] ?? "" }) },
    em: { mark: "italic" },
    strong: { mark: "bold" },
    link: { mark: "link", getAttrs: (token) => ({ href: token.attrGet("href"), title: token.attrGet("title") || null }) },
    code_inline: { mark: "code", noCloseToken: true },
    table: { block: "table" },
    thead: { ignore: true },
    tbody: { ignore: true },
    tr: { block: "tableRow" },
  });
  const handlers = parser.tokenHandlers;
  handlers.hr = () => {};
  handlers.image = (state, token) => {
    const src = token.attrGet("src");
    if (PICTURE.test(src)) state.addNode(schema.nodes.image, { src, alt: token.content });
    else state.addText(token.content);
  };
  for (const [tag, name] of [["th", "tableHeader"], ["td", "tableCell"]]) {
    handlers[`${tag}_open`] = (state) => {
      state.openNode(schema.nodes[name], null);
      state.openNode(schema.nodes.paragraph, null);
    };
    handlers[`${tag}_close`] = (state) => {
      state.closeNode();
      state.closeNode();
    };
  }
  return parser;
}

const { nodes: usual, marks } = defaultMarkdownSerializer;

const nodes = {
  blockquote: usual.blockquote,
  paragraph: usual.paragraph,
  listItem: usual.list_item,
  image: (state, node) => state.write(`![${state.esc(node.attrs.alt || "")}](${node.attrs.src})`),
  heading(state, node) {
    state.write(`${"#".repeat(node.attrs.level)} ${line(node)}`);
    state.closeBlock(node);
  },
  bulletList: (state, node) => state.renderList(node, "  ", () => "- "),
  orderedList(state, node) {
    const first = node.attrs.start ?? 1;
    const width = String(first + node.childCount - 1).length + 2;
    state.renderList(node, " ".repeat(width), (index) => `${first + index}. `.padEnd(width));
  },
  hardBreak(state, node, parent, index) {
    const more = Array.from({ length: parent.childCount }, (_, at) => parent.child(at)).slice(index + 1);
    if (more.some((next) => next.type !== node.type)) state.write("\\\n");
  },
  text(state, node, parent, index) {
    if (index && parent.child(index - 1).type.name === "hardBreak") state.atBlockStart = true;
    state.text(node.text, !state.inAutolink);
  },
  figure: (state, node) => state.write(`[[${node.attrs.token}]]`),
  table(state, node) {
    node.forEach((row, _offset, index) => {
      const cells = row.children.map((cell) => line(cell.firstChild).replaceAll("|", "\\|"));
      state.write(`| ${cells.join(" | ")} |`);
      state.ensureNewLine();
      if (index === 0) {
        state.write(`|${" --- |".repeat(row.childCount)}`);
        state.ensureNewLine();
      }
    });
    state.closeBlock(node);
  },
};

const styles = { bold: marks.strong, italic: marks.em, link: marks.link, code: marks.code };

class State extends MarkdownSerializerState {
  constructor() {
    super(nodes, styles, { tightLists: true, hardBreakNodeName: "hardBreak", strict: false });
  }

  // Besides what the library escapes: entities, tags and autolinks, and what would begin a block.
  esc(text, atStart = false) {
    let escaped = super.esc(atStart ? text.replace(/^[ \t]+/, "") : text, atStart);
    escaped = escaped.replace(/&(?=#?\w+;)/g, "\\&").replace(/<(?=[A-Za-z/!?])/g, "\\<");
    return atStart ? escaped.replace(/^(\d+)\)(?=\s|$)/, "$1\\)").replace(/^(?==+\s*$)/, "\\") : escaped;
  }
}

// Inline content on one line: a heading or a table's cell ends where its line ends.
function line(node) {
  const state = new State();
  state.renderInline(node, false);
  return state.out.replace(/\s*\\?\n\s*/g, " ").trim();
}

export function toMarkdown(doc) {
  const state = new State();
  state.renderContent(doc);
  return state.out.replace(/\n{3,}/g, "\n\n").trim();
}
