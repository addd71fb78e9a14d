import type { FindingCode } from './check/finding.ts';

/** All that `npm run brand` says, in one language; `{0}`, `{1}` take what it is about. */
export interface Words {
  readonly usage: string;
  readonly right: string;
  readonly wrong: string;
  readonly noPack: string;
  readonly noId: string;
  readonly there: string;
  readonly written: string;
  readonly questions: Readonly<Record<Question, string>>;
  readonly badAnswer: string;
  /** What is wrong, and what to do. */
  readonly findings: Readonly<Record<FindingCode, string>>;
  /** How a value of some field must be, by the end of its path. */
  readonly remedies: readonly (readonly [field: RegExp, remedy: string])[];
  readonly remedy: string;
}

/** What is asked for a new pack. */
export type Question =
  | 'name'
  | 'organisation'
  | 'tagline'
  | 'hosting'
  | 'scheme'
  | 'application-id'
  | 'accent';

/** The sentences of a new pack that nobody words otherwise. */
export const usualTexts = {
  tagline: {
    fr: 'Vos conversations, vos dossiers et vos appels, au même endroit.',
    en: 'Your conversations, folders and calls, in one place.',
  },
  hosting: { fr: 'Sur les serveurs de votre organisation.', en: 'On your organisation’s servers.' },
} as const;

const english: Words = {
  usage: `npm run brand -- new ID [--name NAME] [--organisation NAME] [--tagline TEXT] [--hosting TEXT]
                        [--scheme SCHEME] [--application-id ID] [--accent #RRGGBB]
    writes the pack assets/brands/ID; what no switch says is asked, or taken as usual where nobody can answer
npm run brand -- check [ID]
    checks all packs, or one: values, drawings, links, contrasts, room for names, what two packs claim both
--packs FOLDER: packs of another folder than assets/brands`,
  right: 'All is right: {0}.',
  wrong: '{0} to mend.',
  noPack: 'There is no pack {0} in assets/brands. There are: {1}.',
  noId: '{0} is not a name for a pack: small letters, digits and dashes, a letter first, 2 to 41 in all.',
  there: 'The pack {0} is there already. Choose another name, or change it by hand.',
  written:
    'Written: {0}. Draw logo.svg and ornament.svg anew, fill in servers and links, then: npm run brand -- check {1}',
  questions: {
    name: 'Name of the program',
    organisation: 'Who offers it',
    tagline: 'One sentence for the sign-in page',
    hosting: 'Where the data is',
    scheme: 'Scheme of its links (scheme://salon/...)',
    'application-id': 'Application id (reverse domain)',
    accent: 'Main colour',
  },
  badAnswer: '{0}: {1}',
  findings: {
    unreadable: 'is not there or can’t be read: put it into the folder of the pack.',
    'not-json': 'is not JSON ({0}): look for a comma or a quotation mark too few or too many.',
    missing: 'is missing. {remedy}',
    unknown:
      'is no name that a pack has: take it out or correct it (build/brand/brand.schema.json has all names).',
    wrong: 'can’t be {0}. {remedy}',
    markup: 'has < or > in it: {0}. Texts are plain, HTML is never read: take the signs out.',
    'not-its-name': 'is {0}, but the folder is called {1}: give both the same name.',
    drawing: 'is not a plain SVG: it begins with <svg, and has no script, no handler, no link to elsewhere.',
    'drawing-size': 'is too large: at most 100,000 letters once encoded. Leave out what can’t be seen.',
    'not-square': 'is {0}: the mark becomes icons, so width, height and viewBox must be those of a square.',
    'colour-name': '{0} is no colour here: write #rrggbb, or in ornament.svg one of {1}.',
    contrast:
      '{0} on {1} has a contrast of {2}, and {3} is needed (WCAG AA): make one of the two darker or lighter.',
    'too-wide': '“{0}” takes {1} pixels, and there is room for {2}: choose a shorter name or word.',
    'too-many-lines': '“{0}” takes {1} lines, and there is room for {2}: make it shorter.',
    twice:
      '{0} is also claimed by {1}: two programs on one PC would take each other’s links or data. Choose another.',
    taken: '{0} belongs to other programs: choose a scheme of your own.',
  },
  remedies: [
    [/colours\.\w+\.\w+$/, 'Write a colour as #8a3320.'],
    [
      /(^|\.)url$|^links\.|^updates\.feed$/,
      'Write a full address that begins with https://, or null while there is none.',
    ],
    [/^servers\./, 'Write a full address such as https://chat.example.org/, without ? and #, or null.'],
    [/conferenceDomains/, 'Write a host such as meet.example.org, without https://.'],
    [/hosts\.\d+$/, 'Write a host such as login.example.org, without https://.'],
    [/scheme$/, 'Write 3 to 31 small letters, digits, dots or dashes, a letter first.'],
    [/applicationId$/, 'Write a reversed domain such as fr.example.salons.'],
    [
      /(productName|folderName)$/,
      'Write 2 to 40 letters, digits, spaces, dashes or ’: it also names folders.',
    ],
    [/icon$/, 'Choose one of the pictures that build/brand/brand.schema.json lists.'],
    [/opens$/, 'Write "browser" or "view".'],
    [/\.(fr|en)$/, 'Write one line of text in this language, with no space at its ends, not too long.'],
    [/lobby$/, 'Write true or false.'],
    [/id$/, 'Write small letters, digits and dashes, a letter first.'],
    [/^settings\./, 'The values of settings are listed in build/brand/brand.schema.json.'],
  ],
  remedy: 'build/brand/brand.schema.json says what stands here; an editor completes it.',
};

const french: Words = {
  usage: `npm run brand -- new ID [--name NOM] [--organisation NOM] [--tagline TEXTE] [--hosting TEXTE]
                        [--scheme SCHÉMA] [--application-id ID] [--accent #RRVVBB]
    écrit la marque assets/brands/ID ; ce qu’aucune option ne dit est demandé, ou pris d’usage si personne ne peut répondre
npm run brand -- check [ID]
    vérifie toutes les marques, ou une : valeurs, dessins, liens, contrastes, place des noms, ce que deux marques réclament
--packs DOSSIER : les marques d’un autre dossier que assets/brands`,
  right: 'Tout est juste : {0}.',
  wrong: 'À corriger : {0}.',
  noPack: 'Il n’y a pas de marque {0} dans assets/brands. Il y a : {1}.',
  noId: '{0} ne peut pas nommer une marque : petites lettres, chiffres et tirets, d’abord une lettre, 2 à 41 signes.',
  there: 'La marque {0} existe déjà. Choisissez un autre nom, ou modifiez-la à la main.',
  written:
    'Écrit : {0}. Redessinez logo.svg et ornament.svg, remplissez les serveurs et les liens, puis : npm run brand -- check {1}',
  questions: {
    name: 'Nom du programme',
    organisation: 'Qui le propose',
    tagline: 'Une phrase pour la page de connexion',
    hosting: 'Où sont les données',
    scheme: 'Schéma de ses liens (schéma://salon/...)',
    'application-id': 'Identifiant d’application (domaine à l’envers)',
    accent: 'Couleur principale',
  },
  badAnswer: '{0} : {1}',
  findings: {
    unreadable: 'n’est pas là ou ne peut pas être lu : placez-le dans le dossier de la marque.',
    'not-json': 'n’est pas du JSON ({0}) : cherchez une virgule ou un guillemet de trop, ou qui manque.',
    missing: 'manque. {remedy}',
    unknown:
      'n’est pas un nom connu : retirez-le ou corrigez-le (build/brand/brand.schema.json donne tous les noms).',
    wrong: 'ne peut pas être {0}. {remedy}',
    markup: 'contient < ou > : {0}. Les textes sont simples, le HTML n’est jamais lu : retirez ces signes.',
    'not-its-name': 'vaut {0}, mais le dossier s’appelle {1} : donnez le même nom aux deux.',
    drawing:
      'n’est pas un SVG simple : il commence par <svg, sans script, sans action, sans lien vers l’extérieur.',
    'drawing-size': 'est trop lourd : 100 000 signes au plus une fois codé. Retirez ce qui ne se voit pas.',
    'not-square':
      'fait {0} : la marque devient des icônes, donc width, height et viewBox doivent être ceux d’un carré.',
    'colour-name': '{0} n’est pas une couleur ici : écrivez #rrvvbb, ou dans ornament.svg l’un de {1}.',
    contrast:
      '{0} sur {1} a un contraste de {2}, il en faut {3} (WCAG AA) : foncez ou éclaircissez l’une des deux couleurs.',
    'too-wide': '« {0} » prend {1} pixels, il y a place pour {2} : choisissez un nom ou un mot plus court.',
    'too-many-lines': '« {0} » prend {1} lignes, il y a place pour {2} : raccourcissez.',
    twice:
      '{0} est aussi réclamé par {1} : sur un même PC, deux programmes se prendraient liens ou données. Choisissez-en un autre.',
    taken: '{0} appartient à d’autres programmes : choisissez un schéma à vous.',
  },
  remedies: [
    [/colours\.\w+\.\w+$/, 'Écrivez une couleur comme #8a3320.'],
    [
      /(^|\.)url$|^links\.|^updates\.feed$/,
      'Écrivez une adresse complète qui commence par https://, ou null tant qu’il n’y en a pas.',
    ],
    [/^servers\./, 'Écrivez une adresse complète comme https://chat.example.org/, sans ? ni #, ou null.'],
    [/conferenceDomains/, 'Écrivez un hôte comme visio.example.org, sans https://.'],
    [/hosts\.\d+$/, 'Écrivez un hôte comme connexion.example.org, sans https://.'],
    [/scheme$/, 'Écrivez 3 à 31 petites lettres, chiffres, points ou tirets, d’abord une lettre.'],
    [/applicationId$/, 'Écrivez un domaine à l’envers comme fr.example.salons.'],
    [
      /(productName|folderName)$/,
      'Écrivez 2 à 40 lettres, chiffres, espaces, tirets ou ’ : ce nom sert aussi à des dossiers.',
    ],
    [/icon$/, 'Choisissez l’une des images que donne build/brand/brand.schema.json.'],
    [/opens$/, 'Écrivez "browser" ou "view".'],
    [
      /\.(fr|en)$/,
      'Écrivez une ligne de texte dans cette langue, sans espace au début ni à la fin, pas trop longue.',
    ],
    [/lobby$/, 'Écrivez true ou false.'],
    [/id$/, 'Écrivez des petites lettres, chiffres et tirets, d’abord une lettre.'],
    [/^settings\./, 'Les valeurs des réglages sont dans build/brand/brand.schema.json.'],
  ],
  remedy: 'build/brand/brand.schema.json dit ce qui va ici ; un éditeur le complète.',
};

/** The words in the language of the system: French where it speaks French, else English. */
export function wordsFor(environment: NodeJS.ProcessEnv): Words {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  const locale = LC_ALL || LC_MESSAGES || LANG || Intl.DateTimeFormat().resolvedOptions().locale;
  return locale.toLowerCase().startsWith('fr') ? french : english;
}

/** Puts what a text is about into it. */
export function filled(text: string, ...about: readonly string[]): string {
  return text.replaceAll(/\{(\d)\}/g, (_, index: string) => about[Number(index)] ?? '');
}
