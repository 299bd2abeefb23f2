// Texts of blocks for ProseMirror, and back. What a text may consist of is said once, by the schema: whatever is pasted keeps no more than that.

import { Schema, type Mark, type Node } from 'prosemirror-model';
import type { Inline, Marks, Rich } from '../document';

export const schema = new Schema({
  nodes: {
    doc: { content: '(paragraph | heading | list)+' },
    paragraph: {
      content: 'inline*', group: 'block', attrs: { align: { default: null } },
      parseDOM: [{ tag: 'p' }, { tag: 'div' }], toDOM: () => ['p', 0],
    },
    heading: {
      content: 'inline*', group: 'block', attrs: { level: { default: 2 } }, defining: true,
      parseDOM: [1, 2, 3].map((level) => ({ tag: `h${level}`, attrs: { level } })), toDOM: (node) => [`h${node.attrs.level}`, 0],
    },
    list: {
      content: 'item+', group: 'block', attrs: { ordered: { default: false } },
      parseDOM: [{ tag: 'ul' }, { tag: 'ol', attrs: { ordered: true } }], toDOM: (node) => [node.attrs.ordered ? 'ol' : 'ul', 0],
    },
    item: { content: 'paragraph', parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0], defining: true },
    text: { group: 'inline' },
    break: { inline: true, group: 'inline', selectable: false, parseDOM: [{ tag: 'br' }], toDOM: () => ['br'] },
    variable: {
      inline: true, group: 'inline', atom: true, attrs: { name: {}, fallback: { default: null }, format: { default: null } },
      parseDOM: [{ tag: 'span[data-variable]', getAttrs: (dom) => ({ name: dom.getAttribute('data-variable'), fallback: dom.getAttribute('data-fallback'), format: dom.getAttribute('data-format') }) }],
      toDOM: (node) => ['span', { 'data-variable': node.attrs.name, 'data-fallback': node.attrs.fallback, 'data-format': node.attrs.format, class: 'chip' }, node.attrs.name as string],
      leafText: (node) => `{{ ${node.attrs.name} }}`,
    },
  },
  marks: {
    link: { attrs: { href: {} }, inclusive: false, parseDOM: [{ tag: 'a[href]', getAttrs: (dom) => (/^(https?:|mailto:|tel:|\{\{)/i.test(dom.getAttribute('href') ?? '') ? { href: dom.getAttribute('href') } : false) }], toDOM: (mark) => ['a', { href: mark.attrs.href as string, title: mark.attrs.href as string }, 0] },
    bold: { parseDOM: [{ tag: 'strong' }, { tag: 'b', getAttrs: (dom) => dom.style.fontWeight !== 'normal' && null }, { style: 'font-weight', getAttrs: (value) => /^(bold|[6-9]00)$/.test(value) && null }], toDOM: () => ['strong', 0] },
    italic: { parseDOM: [{ tag: 'em' }, { tag: 'i' }, { style: 'font-style=italic' }], toDOM: () => ['em', 0] },
    underline: { parseDOM: [{ tag: 'u' }], toDOM: () => ['u', 0] },
    strike: { parseDOM: [{ tag: 's' }, { tag: 'del' }], toDOM: () => ['s', 0] },
    color: { attrs: { color: {} }, toDOM: (mark) => ['span', { style: `color:${mark.attrs.color as string}` }, 0] },
    size: { attrs: { size: {} }, toDOM: (mark) => ['span', { style: `font-size:${mark.attrs.size as number}px` }, 0] },
  },
});

/** A text as ProseMirror edits it. */
export function toNode(content: Rich[]): Node {
  const nodes = content.map((node) => {
    if (node.type === 'list') return schema.node('list', { ordered: node.ordered ?? false }, node.items.map((item) => schema.node('item', null, schema.node('paragraph', null, inlineNodes(item.content)))));
    return node.type === 'heading' ? schema.node('heading', { level: node.level ?? 2 }, inlineNodes(node.content)) : schema.node('paragraph', { align: node.align ?? null }, inlineNodes(node.content));
  });
  return schema.node('doc', null, nodes.length > 0 ? nodes : [schema.node('paragraph')]);
}

/** A text as the API has it. */
export function fromNode(doc: Node): Rich[] {
  const content: Rich[] = [];
  doc.forEach((node) => {
    if (node.type.name === 'list') {
      const items: { content: Inline[] }[] = [];
      node.forEach((item) => items.push({ content: inlineOf(item.firstChild ?? item) }));
      content.push({ type: 'list', ...(node.attrs.ordered ? { ordered: true } : {}), items });
    } else if (node.type.name === 'heading') content.push({ type: 'heading', level: node.attrs.level as number, content: inlineOf(node) });
    else content.push({ type: 'paragraph', content: inlineOf(node), ...(node.attrs.align ? { align: node.attrs.align } : {}) });
  });
  return content;
}

function inlineNodes(content: Inline[]): Node[] {
  return content.flatMap((node) => {
    const marks = marksOf(node.marks);
    if (node.type === 'variable') return schema.node('variable', { name: node.name, fallback: node.fallback ?? null, format: node.format ?? null }, undefined, marks);
    return node.type === 'break' ? schema.node('break', null, undefined, marks) : node.text ? schema.text(node.text, marks) : [];
  });
}

function inlineOf(parent: Node): Inline[] {
  const content: Inline[] = [];
  parent.forEach((node) => {
    const marks = marksFrom(node.marks);
    const look = marks ? { marks } : {};
    if (node.isText) content.push({ type: 'text', text: node.text ?? '', ...look });
    else if (node.type.name === 'variable') {
      const { name, fallback, format } = node.attrs as { name: string; fallback: string | null; format: 'money' | 'date' | null };
      content.push({ type: 'variable', name, ...(fallback ? { fallback } : {}), ...(format ? { format } : {}), ...look });
    } else content.push({ type: 'break', ...look });
  });
  return content;
}

function marksOf(marks: Marks | undefined): Mark[] {
  if (!marks) return [];
  const found: Mark[] = [];
  if (marks.link) found.push(schema.mark('link', { href: marks.link }));
  for (const name of ['bold', 'italic', 'underline', 'strike'] as const) if (marks[name]) found.push(schema.mark(name));
  if (marks.color) found.push(schema.mark('color', { color: marks.color }));
  if (marks.size) found.push(schema.mark('size', { size: marks.size }));
  return found;
}

function marksFrom(marks: readonly Mark[]): Marks | null {
  if (marks.length === 0) return null;
  const found: Marks = {};
  for (const mark of marks) {
    if (mark.type.name === 'link') found.link = mark.attrs.href as string;
    else if (mark.type.name === 'color') found.color = mark.attrs.color as string;
    else if (mark.type.name === 'size') found.size = mark.attrs.size as number;
    else found[mark.type.name as 'bold' | 'italic' | 'underline' | 'strike'] = true;
  }
  return found;
}
