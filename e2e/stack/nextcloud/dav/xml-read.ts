/**
 * A small namespace-aware XML reader for request bodies. It knows elements, attributes, text, CDATA, comments
 * and the five entities: all that DAV clients send. Anything a DTD could bring is refused.
 */
import type { QName } from './xml-write.ts';

export interface XmlElement extends QName {
  readonly children: XmlElement[];
  text: string;
}

/** Not well formed; the message is libxml's, which the server passes on (02/24, 02/25). */
export class XmlProblem extends Error {
  override readonly name = 'XmlProblem';
}

interface Open {
  readonly element: XmlElement;
  readonly rawName: string;
  readonly scope: ReadonlyMap<string, string>;
}

const token =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([^\s<>/=]+)((?:\s+[^\s=<>]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy;
const attribute = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Parses a document and returns its root element. */
export function parseXml(text: string): XmlElement {
  const source = text.replace(/^\uFEFF/, '');
  if (!source.trimStart().startsWith('<')) throw problem('Document is empty', source, 0);
  const reader: Open[] = [];
  let root: XmlElement | null = null;
  token.lastIndex = 0;
  let end = 0;
  for (let match = token.exec(source); match; match = token.exec(source)) {
    end = token.lastIndex;
    const [, cdata, closing, name, attributes, selfClosing, plain] = match;
    const top = reader.at(-1);
    if (cdata !== undefined && top) top.element.text += cdata;
    else if (plain !== undefined && top) top.element.text += decodeEntities(plain);
    else if (plain !== undefined && plain.trim() !== '')
      throw problem('Extra content at the end of the document', source, end);
    else if (name !== undefined && closing === '/') close(reader, name, source, end);
    else if (name !== undefined) {
      if (root && !top) throw problem('Extra content at the end of the document', source, end);
      const opened = open(name, attributes ?? '', top);
      top?.element.children.push(opened.element);
      root ??= opened.element;
      if (selfClosing !== '/') reader.push(opened);
    }
  }
  if (end !== source.length || reader.length > 0 || !root) {
    throw problem('Extra content at the end of the document', source, source.length);
  }
  return root;
}

export function childNamed(parent: XmlElement, namespace: string, local: string): XmlElement | undefined {
  return parent.children.find((child) => child.namespace === namespace && child.local === local);
}

function open(rawName: string, attributes: string, parent: Open | undefined): Open {
  const scope = new Map(parent?.scope);
  for (const [, name = '', double, single] of attributes.matchAll(attribute)) {
    const value = decodeEntities(double ?? single ?? '');
    if (name === 'xmlns') scope.set('', value);
    else if (name.startsWith('xmlns:')) scope.set(name.slice(6), value);
  }
  const colon = rawName.indexOf(':');
  const prefix = colon < 0 ? '' : rawName.slice(0, colon);
  const element = {
    namespace: scope.get(prefix) ?? '',
    local: rawName.slice(colon + 1),
    children: [],
    text: '',
  };
  return { element, rawName, scope };
}

function close(reader: Open[], name: string, source: string, at: number): void {
  const opened = reader.pop();
  if (opened?.rawName !== name) {
    throw problem(`Opening and ending tag mismatch: ${opened?.rawName ?? ''} and ${name}`, source, at);
  }
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return named[name ?? ''] ?? whole;
    },
  );
}

function problem(message: string, source: string, offset: number): XmlProblem {
  const before = source.slice(0, offset).split('\n');
  return new XmlProblem(`${message}\n on line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`);
}
