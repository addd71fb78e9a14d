import type { PersonKey } from './people.ts';

/** When something was said: a time of yesterday, or so many minutes ago. */
export type When = { yesterday: `${number}:${number}` } | { minutesAgo: number };

/** One line of a salon's history. */
export interface Said {
  by: PersonKey;
  when: When;
  text: string;
  /** Whom it names. */
  mentions?: readonly PersonKey[];
  /** The salon's file that it is a card for. */
  file?: string;
}

/** A salon of the demo, as it stands before anyone signs in. */
export interface DemoSalon {
  name: string;
  manager: PersonKey;
  members: readonly PersonKey[];
  history: readonly Said[];
  /** What stands in its folder: path and content. */
  files: Readonly<Record<string, string>>;
  /** Who has not read its last lines, and how many. */
  unread: Partial<Record<PersonKey, number>>;
}

const EVERYONE = ['nadia', 'karim', 'ines', 'paul', 'sophie'] as const;

/** The three salons that the demo starts with. */
export const SALONS: readonly DemoSalon[] = [
  {
    name: 'Archives municipales',
    manager: 'ines',
    members: ['ines', 'nadia', 'karim'],
    files: {
      'Inventaire 2026.csv': 'Cote;Titre;Dates;Mètres linéaires\n3 W 12;Voirie, permissions;1961-1974;4,20\n',
      'Salle de lecture/Horaires.txt':
        'Du mardi au vendredi, de 9 h à 17 h.\nFermée la deuxième semaine de janvier.\n',
    },
    unread: { nadia: 1 },
    history: [
      {
        by: 'ines',
        when: { yesterday: '14:05' },
        text: 'Bonjour à toutes et à tous, le récolement des séries W commence lundi.',
      },
      {
        by: 'karim',
        when: { yesterday: '14:22' },
        text: 'Merci Inès. Les magasins 2 et 3 seront fermés combien de temps ?',
      },
      {
        by: 'ines',
        when: { yesterday: '14:31' },
        text: 'Trois jours au plus, je vous confirme le calendrier demain.',
      },
      {
        by: 'ines',
        when: { minutesAgo: 84 },
        text: 'L’inventaire à jour est dans le dossier. Relisez surtout les cotes 3 W.',
        file: 'Inventaire 2026.csv',
      },
    ],
  },
  {
    name: 'Crèches du 3ᵉ',
    manager: 'karim',
    members: ['karim', 'nadia', 'ines', 'paul'],
    files: {
      'Compte rendu du 12.txt':
        'Présents : N. Benali, K. Morel, P. Girard.\nPoint 1 : ouverture du site Mazenod.\n',
      'Inscriptions/Liste d’attente.csv': 'Site;Familles\nMazenod;37\nSaxe;21\n',
    },
    unread: { nadia: 2 },
    history: [
      {
        by: 'paul',
        when: { yesterday: '09:48' },
        text: 'La commission d’attribution a rendu son avis : 58 places, dont 12 à Mazenod.',
      },
      {
        by: 'nadia',
        when: { yesterday: '10:02' },
        text: 'Parfait. On garde la réunion de mercredi pour les courriers aux familles ?',
      },
      { by: 'karim', when: { yesterday: '17:35' }, text: 'Oui, je prépare le modèle de lettre.' },
      {
        by: 'paul',
        when: { minutesAgo: 71 },
        text: 'La salle de mercredi est prise par le conseil d’arrondissement.',
      },
      {
        by: 'karim',
        when: { minutesAgo: 67 },
        text: 'Réunion déplacée à jeudi 14 h. Nadia Benali, est-ce que cela te convient ?',
        mentions: ['nadia'],
      },
    ],
  },
  {
    name: 'Coupe du monde de rugby',
    manager: 'nadia',
    members: EVERYONE,
    files: {
      'Plan des accès v7.txt':
        'Accès piétons côté Gerland : portes A à D.\nAccès secours : avenue Jean-Jaurès.\n',
      'Budget sécurité.csv': 'Poste;Montant\nAgents de médiation;48 200\nSignalétique;12 750\n',
      'Courriers/Riverains.txt': 'Madame, Monsieur,\nLe quartier accueillera deux rencontres en septembre.\n',
      'Plans/Parvis.txt': 'Parvis : 14 m de largeur utile, 2 rampes.\n',
    },
    unread: {},
    history: [
      {
        by: 'nadia',
        when: { yesterday: '11:12' },
        text: 'J’ouvre ce salon pour préparer les deux rencontres de Gerland. Sophie, de l’Atelier Rhône, dessine les accès.',
      },
      { by: 'sophie', when: { yesterday: '11:40' }, text: 'Bonjour à toutes et à tous !' },
      {
        by: 'karim',
        when: { yesterday: '16:20' },
        text: 'Les services techniques demandent la dernière version du plan des accès avant vendredi.',
      },
      {
        by: 'sophie',
        when: { minutesAgo: 49 },
        text: 'La voici. J’ai ajouté les cheminements piétons côté Gerland.',
        file: 'Plan des accès v7.txt',
      },
      { by: 'karim', when: { minutesAgo: 44 }, text: 'Merci Sophie, je transmets.' },
      {
        by: 'nadia',
        when: { minutesAgo: 38 },
        text: 'Le plan des accès est à jour, merci. Je dépose aussi le budget.',
      },
    ],
  },
];

/** The moment of a line, in milliseconds since 1970. */
export function momentOf(when: When, now: number): number {
  if ('minutesAgo' in when) return now - when.minutesAgo * 60_000;
  const [hours, minutes] = when.yesterday.split(':').map(Number);
  const day = new Date(now);
  day.setDate(day.getDate() - 1);
  day.setHours(hours ?? 12, minutes ?? 0, 0, 0);
  return day.getTime();
}
