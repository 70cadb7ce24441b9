// Three small words for building and changing elements.
const SVG = "http://www.w3.org/2000/svg";

export const byId = (id) => document.getElementById(id);

export function element(name, { text, children = [], ...attributes } = {}) {
  const created = name === "svg" || name === "polyline" ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    created.setAttribute(attribute, value);
  }
  if (text !== undefined) {
    created.textContent = text;
  }
  created.append(...children);
  return created;
}

/** Writes the text only where it changed, which spares the browser the layout and the screen reader the noise. */
export function write(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}
