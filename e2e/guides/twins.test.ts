import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENGLISH_ONLY, guides, TWINS, textOf } from './guides.ts';
import { GUIDES } from './pictures.ts';
import { anchorsIn, skeletonOf } from './skeleton.ts';

const French = TWINS.map(([, french]) => french);

/** Where the links of a guide lead, but for those to the web. */
function linksIn(guide: string): readonly string[] {
  const links = textOf(guide).matchAll(/\]\((?<to>[^)\s]+)\)/g);
  return [...links].map(({ groups }) => groups?.['to'] ?? '').filter((to) => !to.startsWith('http'));
}

/** The link, where it leads to no file or to no heading of it. */
function broken(link: string): readonly string[] {
  const [file = '', anchor] = link.split('#');
  if (!existsSync(join(GUIDES, file))) return [link];
  return anchor === undefined || anchorsIn(textOf(file)).has(anchor) ? [] : [link];
}

/** The text without commands and names, which have signs of their own. */
function proseOf(guide: string): string {
  return textOf(guide)
    .replaceAll(/^```[^]*?^```/gm, '')
    .replaceAll(/`[^`\n]*`/g, '');
}

describe('the guides', () => {
  it('are there in both languages, or are for people who read English', async () => {
    expect(await guides()).toEqual([...TWINS.flat(), ...ENGLISH_ONLY].toSorted());
  });

  it.each(TWINS)('%s and %s tell the same in the same order', (english, french) => {
    expect(skeletonOf(textOf(french))).toEqual(skeletonOf(textOf(english)));
  });

  it.each(TWINS)('%s and %s name each other', (english, french) => {
    expect(linksIn(english)).toContain(french);
    expect(linksIn(french)).toContain(english);
  });

  it.each([...TWINS.flat(), ...ENGLISH_ONLY])('%s has links that lead somewhere', (guide) => {
    expect(linksIn(guide).flatMap(broken)).toEqual([]);
  });

  it.each(TWINS)(
    'what reads %s is not sent to English where %s says the same in French',
    (english, french) => {
      const others = TWINS.filter(([name]) => name !== english).map(([name]) => name);
      expect(linksIn(french).filter((link) => others.some((other) => link.startsWith(other)))).toEqual([]);
    },
  );

  it.each(French)('%s keeps French signs beside their words', (french) => {
    expect(proseOf(french).match(/\S+ [;!?»](?=\s|$)|« \S+|\S+ : /gm) ?? []).toEqual([]);
  });
});
