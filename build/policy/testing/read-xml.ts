import { SaxesParser } from 'saxes';

/** An element as it was written. */
export interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Tag[];
  text: string;
}

/** Reads a whole document; throws where it is not well-formed. */
export function readXml(text: string): Tag {
  const top: Tag = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const tag: Tag = { name, attributes: { ...attributes }, children: [], text: '' };
    open.at(-1)?.children.push(tag);
    open.push(tag);
  });
  parser.on('text', (text) => {
    const tag = open.at(-1);
    if (tag) tag.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  const [root] = top.children;
  if (!root) throw new Error('there is no element');
  return root;
}

/** All elements of a name, however deep. */
export function allOf(tag: Tag, name: string): readonly Tag[] {
  return tag.children.flatMap((child) => [...(child.name === name ? [child] : []), ...allOf(child, name)]);
}

/** The only element of a name; throws where there are none or several. */
export function onlyOf(tag: Tag, name: string): Tag {
  const [found, ...others] = allOf(tag, name);
  if (!found || others.length > 0)
    throw new Error(`${tag.name} has ${others.length + (found ? 1 : 0)} ${name}`);
  return found;
}
