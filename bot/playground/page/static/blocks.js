// Draws Slack's text markup and Block Kit blocks as DOM nodes. All data goes through text nodes, never through HTML.

import { drawInput } from "./inputs.js";

const MARKUP = new RegExp([
  /```([^]+?)```/, /`([^`\n]+)`/, /<([^<>]+)>/,
  /(?<![\w*])\*([^*\n]+)\*(?![\w*])/, /(?<![\w_])_([^_\n]+)_(?![\w_])/, /(?<![\w~])~([^~\n]+)~(?![\w~])/,
].map((part) => part.source).join("|"));
const STYLES = { bold: "b", italic: "i", strike: "s", code: "code" };

/** A new element; properties are set on it, children may be nodes, strings or null. */
export function el(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

const decode = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

function link(url, label) {
  if (!/^(https?|mailto):/i.test(url)) return document.createTextNode(label);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
}

function reference(inner, names) {
  const [what, label] = inner.split("|", 2);
  const mention = (text) => el("span", { className: "mention" }, text);
  if (what.startsWith("@")) return mention(`@${names.users[what.slice(1)] ?? label ?? what.slice(1)}`);
  if (what.startsWith("#")) return mention(`#${names.channels[what.slice(1)] ?? label ?? what.slice(1)}`);
  if (what.startsWith("!date^")) return document.createTextNode(decode(label ?? what));
  if (what.startsWith("!")) return mention(`@${what.slice(1).split("^")[0]}`);
  return link(decode(what), decode(label ?? what));
}

/** The nodes of a text in Slack's markup. */
export function mrkdwn(text, names) {
  const nodes = [];
  for (let rest = text; rest;) {
    const match = MARKUP.exec(rest);
    if (!match) return [...nodes, decode(rest)];
    nodes.push(decode(rest.slice(0, match.index)));
    const [whole, pre, code, inner, bold, italic, strike] = match;
    if (pre) nodes.push(el("pre", {}, decode(pre.replace(/^\n/, ""))));
    else if (code) nodes.push(el("code", {}, decode(code)));
    else if (inner) nodes.push(reference(inner, names));
    else if (bold) nodes.push(el("b", {}, mrkdwn(bold, names)));
    else if (italic) nodes.push(el("i", {}, mrkdwn(italic, names)));
    else nodes.push(el("s", {}, mrkdwn(strike, names)));
    rest = rest.slice(match.index + whole.length);
  }
  return nodes;
}

/** The nodes of a text with its quoted lines set apart. */
export function paragraphs(text, names) {
  const parts = text.split(/^((?:(?:&gt;|>).*(?:\n|$))+)/m);
  return parts.filter(Boolean).map((part) => /^(&gt;|>)/.test(part)
    ? el("blockquote", {}, mrkdwn(part.replace(/^(&gt;|>) ?/gm, "").trimEnd(), names))
    : el("div", { className: "text" }, mrkdwn(part, names)));
}

/** The nodes of a text object. */
export function textOf(object, names) {
  return object.type === "mrkdwn" ? paragraphs(object.text, names)
    : [el("span", { className: "text" }, decode(object.text))];
}

function inline(part, names) {
  const shown = {
    user: () => `@${names.users[part.user_id] ?? part.user_id}`,
    channel: () => `#${names.channels[part.channel_id] ?? part.channel_id}`,
    broadcast: () => `@${part.range}`,
    emoji: () => `:${part.name}:`,
    date: () => part.fallback ?? "",
  }[part.type]?.() ?? part.text ?? part.url ?? "";
  let node = part.type === "link" ? link(part.url, part.text ?? part.url) : document.createTextNode(shown);
  for (const [style, tag] of Object.entries(STYLES)) if (part.style?.[style]) node = el(tag, {}, node);
  return node;
}

function richText(part, names) {
  if (part.type === "rich_text_list") {
    const items = part.elements.map((item) => el("li", {}, richText(item, names)));
    return el(part.style === "ordered" ? "ol" : "ul", {}, items);
  }
  const tag = { rich_text_preformatted: "pre", rich_text_quote: "blockquote" }[part.type] ?? "div";
  return el(tag, {}, (part.elements ?? []).map((inner) => inline(inner, names)));
}

function cell(content, tag, names) {
  const inside = content.type === "rich_text" ? content.elements.map((one) => richText(one, names)) : content.text;
  return el(tag, { className: content.type === "raw_number" ? "number" : "" }, inside);
}

function table(caption, head, rows) {
  return el("div", { className: "scroll" }, el("table", {},
    caption ? el("caption", {}, caption) : null,
    el("thead", {}, el("tr", {}, head)),
    el("tbody", {}, rows.map((row) => el("tr", {}, row)))));
}

function chart(block) {
  const { chart: of, title } = block;
  const caption = `${title} (${of.type} chart)`;
  const head = (text) => el("th", { scope: "col" }, text);
  const points = of.type === "pie" ? of.segments : of.series.flatMap((one) => one.data);
  const most = Math.max(...points.map((one) => Math.abs(one.value)), 1);
  const bar = (value) => el("td", { className: "number" },
    el("meter", { min: 0, max: most, value: Math.abs(value), title: String(value) }), ` ${value}`);
  if (of.type === "pie") {
    const rows = of.segments.map((one) => [el("th", { scope: "row" }, one.label), bar(one.value)]);
    return table(caption, [head(""), head("")], rows);
  }
  const { categories, x_label: x = "", y_label: y = "" } = of.axis_config;
  const rows = categories.map((label) => [el("th", { scope: "row" }, label),
    ...of.series.map((one) => bar(one.data.find((point) => point.label === label)?.value ?? 0))]);
  return table(y ? `${caption}, ${y}` : caption, [head(x), ...of.series.map((one) => head(one.name))], rows);
}

function image(block, names) {
  return el("div", { className: "image" }, "Image: ", link(block.image_url ?? "", block.alt_text),
    block.title ? el("div", {}, textOf(block.title, names)) : null);
}

function elements(block, where) {
  return block.elements.map((one) => one.type === "image" ? image(one, where.names)
    : one.text && !one.action_id ? el("span", {}, textOf(one, where.names)) : drawInput(one, block, where));
}

function card(block, where) {
  const texts = ["title", "subtitle", "body", "subtext"].filter((name) => block[name]);
  return el("div", { className: "card" },
    texts.map((name) => el("div", { className: name }, textOf(block[name], where.names))),
    el("div", { className: "actions" }, (block.actions ?? []).map((one) => drawInput(one, block, where))));
}

function section(block, where) {
  const { accessory } = block;
  const parts = (block.fields ?? []).map((one) => el("div", {}, textOf(one, where.names)));
  return el("div", { className: "section" },
    el("div", {}, block.text ? textOf(block.text, where.names) : null,
      parts.length ? el("div", { className: "fields" }, parts) : null),
    accessory?.type === "image" ? image(accessory, where.names) : null,
    accessory && accessory.type !== "image" ? drawInput(accessory, block, where) : null);
}

function rows(block, { names }) {
  const [head, ...body] = block.rows.map((row, index) => row.map((one) => cell(one, index ? "td" : "th", names)));
  return table(block.caption, head, body);
}

const DRAWN = {
  section,
  header: (block, { names }) => el("h2", {}, textOf(block.text, names)),
  divider: () => el("hr"),
  context: (block, where) => el("div", { className: "context" }, elements(block, where)),
  actions: (block, where) => el("div", { className: "actions" }, elements(block, where)),
  context_actions: (block, where) => el("div", { className: "actions" }, elements(block, where)),
  input: (block, where) => drawInput(block.element, block, where),
  image: (block, { names }) => image(block, names),
  markdown: (block) => el("div", { className: "text" }, block.text),
  alert: (block, { names }) => el("div", { className: `alert ${block.level ?? ""}` }, textOf(block.text, names)),
  rich_text: (block, { names }) => el("div", {}, block.elements.map((part) => richText(part, names))),
  table: rows,
  data_table: rows,
  data_visualization: chart,
  card,
  carousel: (block, where) => el("div", { className: "carousel" }, block.elements.map((one) => card(one, where))),
  container: (block, where) => el("div", { className: "card" },
    block.title ? el("div", { className: "title" }, textOf(block.title, where.names)) : null,
    drawBlocks(block.child_blocks, where)),
};

/** The nodes of a list of blocks. `where` has the names, the target, the values and what to do (see app.js). */
export function drawBlocks(blocks, where) {
  return blocks.map((block) => {
    const draw = DRAWN[block.type];
    const node = draw ? draw(block, where) : el("p", { className: "hint" }, `A ${block.type} block, not drawn here.`);
    node.classList.add("block");
    return node;
  });
}
