import type { FolderLink } from '../../../preload/contract/values.ts';
import type { LastLine, SalonListSnapshot, SalonSummary } from '../../../renderer/matrix/protocol.ts';
import { ago, dayAt } from './people.ts';

export const RUGBY = '!rugby:metropole.example';
export const CRECHES = '!creches:metropole.example';
export const ARCHIVES = '!archives:metropole.example';
export const POOL = '!piscine:metropole.example';
export const INVITED = '!halle:metropole.example';

export const conference = {
  domain: 'meet.metropole.example',
  conferenceId: 'JitsiAbcdefghijklmnopqrstuvwx',
  audioOnly: false,
  auth: 'none',
} as const;

const folder = (fileId: string, name: string): FolderLink => ({
  server: 'https://fichiers.metropole.example',
  fileId,
  name,
  access: 'shares',
});

const said = (sender: string, text: string, mine = false): LastLine => ({ kind: 'text', mine, sender, text });

function salon(id: string, name: string, rest: Partial<SalonSummary>): SalonSummary {
  return {
    id,
    name,
    membership: 'joined',
    encrypted: true,
    pinned: false,
    lastLine: null,
    lastAt: dayAt(3, 9, 0),
    unread: 0,
    mentions: 0,
    memberCount: 6,
    folder: folder(String(100 + name.length), name),
    call: null,
    avatar: null,
    ...rest,
  };
}

/** The salons of Nadia Benali. */
export const salons: readonly SalonSummary[] = [
  salon(RUGBY, 'Coupe du monde de rugby', {
    pinned: true,
    lastLine: said('Nadia', 'le plan des accès est à jour, merci', true),
    lastAt: ago(3),
    memberCount: 14,
  }),
  salon(CRECHES, 'Crèches du 3ᵉ', {
    pinned: true,
    lastLine: said('Inès', 'Réunion déplacée à jeudi 14 h'),
    lastAt: ago(30),
    unread: 2,
    mentions: 1,
  }),
  salon(ARCHIVES, 'Archives municipales', {
    lastLine: { kind: 'file', mine: false, sender: 'Hugo', name: 'Inventaire_2026.xlsx' },
    lastAt: ago(47),
    unread: 1,
  }),
  salon(POOL, 'Piscine, suivi de chantier', {
    lastLine: said('Sophie', 'Le maître d’œuvre a déposé 4 plans'),
    lastAt: dayAt(1, 17, 12),
    call: { conference, widgetId: 'w2', people: ['Sophie Laurent'], startedAt: ago(12) },
  }),
  salon('!support:metropole.example', 'Support informatique', {
    lastLine: said('Marc', 'C’est réglé, merci !'),
    lastAt: dayAt(1, 15, 40),
    folder: null,
  }),
  salon('!cabinet:metropole.example', 'Cabinet, préparation conseil du 12 décembre', {
    lastLine: said('Karim', 'Ordre du jour validé'),
    lastAt: dayAt(5, 11, 0),
  }),
  salon('!espaces:metropole.example', 'Espaces publics', {
    lastLine: { kind: 'image', mine: false, sender: 'Lucie', name: 'parvis.png' },
    lastAt: dayAt(5, 9, 30),
    encrypted: false,
  }),
  salon('!accueil:metropole.example', 'Accueil des nouveaux', {
    lastLine: said('Élodie', 'Bienvenue à tous'),
    lastAt: dayAt(9, 10, 0),
    memberCount: 240,
  }),
  salon(INVITED, 'Rénovation de la halle', {
    membership: 'invited',
    lastLine: { kind: 'invited', mine: false, sender: 'Karim Mansouri' },
    lastAt: ago(90),
    folder: null,
  }),
];

/** The rugby salon with a call that Karim began. */
export const rugbyCall = {
  conference,
  widgetId: 'w1',
  people: ['Karim Mansouri', 'Sophie Laurent', 'Inès Navarro', 'Hugo Girard'],
  startedAt: ago(6),
};

export const list: SalonListSnapshot = { connection: 'live', salons, total: salons.length };

/** A thousand salons, for the eye and the stopwatch. */
export function manySalons(count: number): SalonListSnapshot {
  const more = Array.from({ length: count - salons.length }, (_, index) =>
    salon(`!many${index}:metropole.example`, `Salon numéro ${index + 1}`, {
      lastLine: said('Karim', `Message ${index + 1}`),
      lastAt: dayAt(10 + Math.floor(index / 20), 9, 0),
    }),
  );
  return { connection: 'live', salons: [...salons, ...more], total: count };
}
