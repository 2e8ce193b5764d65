// Reads a formatted text out of an editor, as Slack's rich_text.

const STYLES = {
  B: "bold", STRONG: "bold", I: "italic", EM: "italic", S: "strike", STRIKE: "strike", DEL: "strike",
  CODE: "code", U: "underline", MARK: "highlight",
};
const MENTIONS = {
  user: (id) => ({ type: "user", user_id: id }),
  channel: (id) => ({ type: "channel", channel_id: id }),
  usergroup: (id) => ({ type: "usergroup", usergroup_id: id }),
  team: (id) => ({ type: "team", team_id: id }),
  broadcast: (id) => ({ type: "broadcast", range: id }),
  emoji: (id) => ({ type: "emoji", name: id }),
};
const LISTS = { UL: "bullet", OL: "ordered" };
const BLOCKS = new Set(["DIV", "P", "UL", "OL", "BLOCKQUOTE", "PRE"]);

function styled(part, style) {
  return Object.keys(style).length ? { ...part, style } : part;
}

function inlines(node, style = {}) {
  if (node.nodeType === Node.TEXT_NODE) return node.data ? [styled({ type: "text", text: node.data }, style)] : [];
  if (node.nodeName === "BR") return [{ type: "text", text: "\n" }];
  if (MENTIONS[node.dataset.kind]) return [styled(MENTIONS[node.dataset.kind](node.dataset.id), style)];
  if (node.nodeName === "A") return [styled({ type: "link", url: node.href, text: node.textContent }, style)];
  const name = STYLES[node.nodeName];
  const within = name ? { ...style, [name]: true } : style;
  return [...node.childNodes].flatMap((child) => inlines(child, within));
}

/** Neighbours of one style become one text; the line break with which an editor ends a block is none. */
function joined(parts) {
  const whole = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (last?.type === "text" && part.type === "text" && JSON.stringify(last.style) === JSON.stringify(part.style)) {
      whole[whole.length - 1] = { ...last, text: last.text + part.text };
    } else whole.push(part);
  }
  const last = whole.at(-1);
  if (last?.type !== "text" || !last.text.endsWith("\n")) return whole;
  const text = last.text.replace(/\n$/, "");
  return text ? [...whole.slice(0, -1), { ...last, text }] : whole.slice(0, -1);
}

function list(node, indent) {
  const items = [...node.children].filter((child) => child.nodeName === "LI");
  const sections = items.map((item) => ({
    type: "rich_text_section",
    elements: joined([...item.childNodes].filter((child) => !LISTS[child.nodeName]).flatMap((child) => inlines(child))),
  })).filter(({ elements }) => elements.length);
  const deeper = [...node.querySelectorAll(":scope > ul, :scope > ol, :scope > li > ul, :scope > li > ol")];
  const drawn = Number(/indent-(\d)/.exec(node.className)?.[1] ?? 0);
  const own = { type: "rich_text_list", style: LISTS[node.nodeName], indent: indent + drawn, elements: sections };
  return [...(sections.length ? [own] : []), ...deeper.flatMap((one) => list(one, indent + drawn + 1))];
}

function block(node) {
  if (LISTS[node.nodeName]) return list(node, 0);
  const inner = [...node.childNodes].some((child) => BLOCKS.has(child.nodeName));
  if (inner && node.nodeName !== "BLOCKQUOTE") return parts(node);
  const elements = joined(inlines(node));
  const type = { BLOCKQUOTE: "rich_text_quote", PRE: "rich_text_preformatted" }[node.nodeName] ?? "rich_text_section";
  return elements.length ? [{ type, elements }] : [];
}

function parts(node) {
  const found = [];
  let loose = [];
  const close = () => {
    const elements = joined(loose);
    if (elements.length) found.push({ type: "rich_text_section", elements });
    loose = [];
  };
  for (const child of node.childNodes) {
    if (!BLOCKS.has(child.nodeName)) loose.push(...inlines(child));
    else {
      close();
      found.push(...block(child));
    }
  }
  close();
  return found;
}

/** The text in an editor as a rich_text object; null when there is none. */
export function richTextIn(editor) {
  const elements = parts(editor);
  return elements.length ? { type: "rich_text", elements } : null;
}
