/** A piece of XML, already escaped. */
export type Xml = { readonly xml: string };

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element; text among its children is escaped, attributes that are undefined are left out. */
export function element(name: string, attributes: Attributes, ...children: readonly (Xml | string)[]): Xml {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escape(String(value))}"`)
    .join('');
  const [only] = children;
  if (only === undefined) return { xml: `<${name}${written} />` };
  if (typeof only === 'string') return { xml: `<${name}${written}>${escape(only)}</${name}>` };
  const inner = children
    .map((child) => indented(typeof child === 'string' ? escape(child) : child.xml))
    .join('\n');
  return { xml: `<${name}${written}>\n${inner}\n</${name}>` };
}

/** A whole file. */
export function xmlFile(root: Xml): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${root.xml}\n`;
}

/** Text for between tags or in an attribute. */
export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Lines of text inside an element would change with it: only lines that begin a tag move. */
function indented(xml: string): string {
  return xml
    .split('\n')
    .map((line) => (line.trimStart().startsWith('<') ? `  ${line}` : line))
    .join('\n');
}
