// A pasted table as Markdown can hold it: one line a cell, no spans, the first row as its heading.
export function plainTable(table) {
  const page = table.ownerDocument;
  const rows = [...table.rows].map((row) => [...row.cells].map(inOneLine));
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  const body = page.createElement("tbody");
  rows.forEach((cells, index) => {
    const row = body.appendChild(page.createElement("tr"));
    for (let column = 0; column < width; column++) {
      const cell = row.appendChild(page.createElement(index ? "td" : "th"));
      cell.appendChild(page.createElement("p")).append(...(cells[column] ?? []));
    }
  });
  table.replaceChildren(body);
}

// The inline content of a cell; its paragraphs and line breaks become spaces.
function inOneLine(cell) {
  for (const block of [...cell.querySelectorAll("p, div, li, ul, ol, h2, h3, blockquote, table, tbody, tr, td, th")]) {
    block.after(" ");
    block.replaceWith(...block.childNodes);
  }
  for (const end of cell.querySelectorAll("br")) end.replaceWith(" ");
  return [...cell.childNodes];
}
