// Makes nodes. What comes from elsewhere goes through text nodes and properties, never through HTML.

const SVG = "http://www.w3.org/2000/svg";

/**
 * A new HTML element. Names with a dash, and `role`, are set as attributes, all others as properties; what is
 * undefined or null is left out. Children are nodes, strings or lists of them; null, undefined and false are left out.
 */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name.includes("-") || name === "role") node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...nodesOf(children));
  return node;
}

/** A new SVG element with attributes. */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) node.setAttribute(name, value);
  }
  node.append(...nodesOf(children));
  return node;
}

function nodesOf(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}
