/** Writing XML the way sabre/dav does. */

const special = /[&<>"]/;
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeXml(text: string): string {
  return special.test(text) ? text.replace(/[&<>"]/g, (character) => entities[character] ?? character) : text;
}

export const multistatusStart =
  '<?xml version="1.0"?>\n<d:multistatus xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns">';
export const multistatusEnd = '</d:multistatus>\n';

/** A qualified XML name. */
export interface QName {
  readonly namespace: string;
  readonly local: string;
}

const prefixes: Readonly<Record<string, string>> = {
  'DAV:': 'd',
  'http://sabredav.org/ns': 's',
  'http://owncloud.org/ns': 'oc',
  'http://nextcloud.org/ns': 'nc',
};

/** The opening of an element without its brackets: `d:getetag`, or `x1:mine xmlns:x1="urn:z"`. */
export interface Tag {
  readonly open: string;
  readonly close: string;
}

/** Tags for a list of names; unknown namespaces are numbered x1, x2 in order of first use. */
export function tagsFor(names: readonly QName[]): Tag[] {
  const numbered = new Map<string, string>();
  return names.map(({ namespace, local }) => {
    const known = prefixes[namespace];
    if (known !== undefined) return { open: `${known}:${local}`, close: `${known}:${local}` };
    const prefix = numbered.get(namespace) ?? `x${numbered.size + 1}`;
    numbered.set(namespace, prefix);
    return {
      open: `${prefix}:${local} xmlns:${prefix}="${escapeXml(namespace)}"`,
      close: `${prefix}:${local}`,
    };
  });
}

/** An element with ready-made content; no content at all is written as an empty-element tag when null. */
export function element(tag: Tag, content: string | null): string {
  return content === null ? `<${tag.open}/>` : `<${tag.open}>${content}</${tag.close}>`;
}
