// What a text may hold: the same as the server renders (portal/news/markdown.py), and nothing more.
import { mergeAttributes, Node, nodeInputRule } from "@tiptap/core";
import Image from "@tiptap/extension-image";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import StarterKit from "@tiptap/starter-kit";

export const TOKEN = /\[\[((?:statements|claims):[A-Za-z0-9._-]{1,120}:[a-z_]{1,40})\]\]/;
export const PICTURE = /^\/gambar\/[0-9a-f]{32}-[0-9]{1,5}\.webp$/;

// An address that a text may link to: http, https or a page of the portal.
export const isAddress = (address) => /^(https?:\/\/[^\s]+|\/(?!\/)[^\s]*|#[^\s]+)$/i.test(address);

// A figure bound to a record; it is written as its token and shown by its label.
export const Figure = Node.create({
  name: "figure",
  group: "inline",
  inline: true,
  atom: true,
  marks: "",
  addAttributes() {
    return {
      token: { default: "", parseHTML: (element) => element.getAttribute("data-figure") },
      label: { default: "", parseHTML: (element) => element.textContent },
    };
  },
  parseHTML() {
    return [{ tag: "span[data-figure]", getAttrs: (element) => TOKEN.test(`[[${element.getAttribute("data-figure")}]]`) && null }];
  },
  renderHTML({ node }) {
    return ["span", { class: "editor-figure", "data-figure": node.attrs.token }, node.attrs.label || node.attrs.token];
  },
  renderText({ node }) {
    return `[[${node.attrs.token}]]`;
  },
  addInputRules() {
    const find = new RegExp(`${TOKEN.source}$`);
    return [nodeInputRule({ find, type: this.type, getAttributes: (match) => ({ token: match[1] }) })];
  },
});

// Without the style attributes and column widths of the extension's own: the policy allows no inline style.
const PlainTable = Table.extend({
  addNodeView: () => null,
  renderHTML({ HTMLAttributes }) {
    return ["table", mergeAttributes(HTMLAttributes), ["tbody", 0]];
  },
  addKeyboardShortcuts() {
    // Tab leaves the table behind its last cell, where the extension's own would add rows for ever.
    const { Backspace, Delete, ...rest } = this.parent?.() ?? {};
    return {
      Backspace,
      Delete,
      "Mod-Backspace": rest["Mod-Backspace"],
      "Mod-Delete": rest["Mod-Delete"],
      Tab: () => this.editor.commands.goToNextCell(),
      "Shift-Tab": () => this.editor.commands.goToPreviousCell(),
    };
  },
});

// Markdown's tables have neither spans nor blocks in a cell; the table commands read the spans all the same.
const fixed = (value) => ({ default: value, rendered: false, parseHTML: () => value });
const oneLine = {
  content: "paragraph",
  addAttributes: () => ({ colspan: fixed(1), rowspan: fixed(1), colwidth: fixed(null) }),
};

export const extensions = () => [
  StarterKit.configure({
    codeBlock: false,
    horizontalRule: false,
    strike: false,
    underline: false,
    trailingNode: false,
    heading: { levels: [2, 3] },
    link: {
      openOnClick: false,
      autolink: false,
      defaultProtocol: "https",
      isAllowedUri: (address) => isAddress(address),
      HTMLAttributes: { target: null, rel: null, class: null },
    },
  }),
  PlainTable.configure({ resizable: false, allowTableNodeSelection: true }),
  TableRow,
  TableHeader.extend(oneLine),
  TableCell.extend(oneLine),
  Image.extend({
    addInputRules: () => [],
    parseHTML: () => [
      { tag: "img[src]", getAttrs: (element) => PICTURE.test(element.getAttribute("src")) && null },
    ],
  }).configure({ inline: true, allowBase64: false }),
  Figure,
];
