import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Brand } from '../../main/brand/schema.ts';
import { paletteOf } from './palette.ts';
import { type Question, usualTexts } from './words.ts';

/** What an integrator says of a new pack. */
export type Answers = Readonly<Record<Question, string>>;

/** What is taken where nobody says otherwise. */
export function usualAnswers(id: string): Answers {
  const name = id
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(' ');
  return {
    name,
    organisation: name,
    tagline: usualTexts.tagline.fr,
    hosting: usualTexts.hosting.fr,
    scheme: id.replaceAll('-', '').padEnd(3, 'x').slice(0, 31),
    'application-id': `fr.traboule.${id}`,
    accent: '#2f5d8a',
  };
}

/** The values of a new pack; what somebody worded stands in both languages until someone translates it. */
export function newBrand(id: string, answers: Answers): Brand {
  const both = (text: string) => ({ fr: text, en: text });
  const sentence = (question: keyof typeof usualTexts) =>
    answers[question] === usualTexts[question].fr ? usualTexts[question] : both(answers[question]);
  return {
    $schema: '../../../build/brand/brand.schema.json',
    id,
    productName: answers.name,
    organisation: both(answers.organisation),
    applicationId: answers['application-id'],
    scheme: answers.scheme,
    folderName: answers.name,
    tagline: sentence('tagline'),
    hosting: sentence('hosting'),
    modules: {
      salons: both('Salons'),
      files: { fr: 'Fichiers', en: 'Files' },
      calls: { fr: 'Appels', en: 'Calls' },
    },
    colours: paletteOf(answers.accent),
    servers: { chat: null, files: null },
    conferenceDomains: [],
    partners: { agentServers: [], partnerUserNames: ['ext-*', 'ext.*'] },
    fileUserName: '{localpart}',
    calls: { lobby: false },
    services: [],
    links: { help: null, legal: null, accessibility: null, privacy: null },
    updates: { feed: null, key: null },
    settings: { defaults: {}, locked: [], policy: {} },
  };
}

/** Writes a new pack below `packs`. Throws when its folder is there already. */
export async function writePack(packs: string, brand: Brand): Promise<string> {
  const folder = join(packs, brand.id);
  await mkdir(folder);
  await writeFile(join(folder, 'brand.json'), `${JSON.stringify(brand, null, 2)}\n`);
  await writeFile(join(folder, 'logo.svg'), logo(brand.colours.light.accent));
  await writeFile(join(folder, 'ornament.svg'), ORNAMENT);
  return folder;
}

/** Two rings that meet: a mark until there is one. */
function logo(accent: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">
  <rect width="64" height="64" rx="15" fill="${accent}"/>
  <g fill="none" stroke="#fff" stroke-width="6">
    <circle cx="25" cy="32" r="12"/>
    <circle cx="39" cy="32" r="12"/>
  </g>
</svg>
`;
}

const ORNAMENT = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 430 297" width="430" height="297">
  <g fill="none" stroke-width="26">
    <circle cx="150" cy="180" r="110" stroke="railOnBackground"/>
    <circle cx="290" cy="180" r="110" stroke="accent"/>
  </g>
</svg>
`;
