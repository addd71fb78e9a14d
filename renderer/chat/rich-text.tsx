import DOMPurify from 'dompurify';
import { createElement, Fragment, type ReactNode } from 'react';
import { SafeLink, withLinks } from './links.tsx';

/** What formatted messages may hold (Client-Server API, m.room.message formatted_body, without pictures and colours). */
const TAGS = [
  'a',
  'b',
  'strong',
  'i',
  'em',
  'u',
  's',
  'del',
  'code',
  'pre',
  'blockquote',
  'p',
  'br',
  'hr',
  'ul',
  'ol',
  'li',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'sub',
  'sup',
  'span',
  'div',
];
/** Headings of a message must not stand in the outline of the page. */
const AS_OTHER: Readonly<Record<string, string>> = {
  h1: 'strong',
  h2: 'strong',
  h3: 'strong',
  h4: 'strong',
  h5: 'strong',
  h6: 'strong',
  del: 's',
  div: 'p',
};
const EMPTY = new Set(['br', 'hr']);
const DEEPEST = 40;

/**
 * What another client sent formatted, as React elements: cleaned by DOMPurify, then rebuilt element by element, so
 * that no markup of a stranger ever reaches the page as markup. `mx-reply` (a quote of the answered message) goes.
 */
export function richText(html: string): ReactNode {
  const clean = DOMPurify.sanitize(html, {
    ALLOWED_TAGS: [...TAGS],
    ALLOWED_ATTR: ['href', 'start'],
    FORBID_CONTENTS: ['mx-reply', 'script', 'style', 'svg', 'math'],
    ALLOWED_URI_REGEXP: /^(https?|mailto):/i,
    RETURN_DOM_FRAGMENT: true,
  });
  return children(clean, 0, false);
}

function children(node: Node, depth: number, linked: boolean): ReactNode {
  return [...node.childNodes].map((child, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- the nodes of a message never change their order
    <Fragment key={index}>{element(child, depth, linked)}</Fragment>
  ));
}

function element(node: Node, depth: number, linked: boolean): ReactNode {
  const text = node.textContent ?? '';
  if (node.nodeType === Node.TEXT_NODE) return linked ? text : withLinks(text);
  if (!(node instanceof Element) || depth > DEEPEST) return text;
  const tag = node.tagName.toLowerCase();
  if (EMPTY.has(tag)) return createElement(tag);
  const href = tag === 'a' ? node.getAttribute('href') : null;
  if (href) return <SafeLink href={href}>{children(node, depth + 1, true)}</SafeLink>;
  if (!TAGS.includes(tag) || tag === 'a') return children(node, depth + 1, linked);
  return createElement(
    AS_OTHER[tag] ?? tag,
    null,
    children(node, depth + 1, linked || tag === 'code' || tag === 'pre'),
  );
}
