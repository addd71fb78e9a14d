import type { Person, SalonDetails } from '../../../renderer/matrix/protocol.ts';

/** The moment of the gallery: a Saturday morning in November, always the same. */
export const NOW = new Date(2026, 10, 21, 10, 45).getTime();
const MINUTE = 60_000;
/** That many minutes before the moment of the gallery. */
export const ago = (minutes: number): number => NOW - minutes * MINUTE;
/** An hour of a day before the moment of the gallery. */
export const dayAt = (daysAgo: number, hours: number, minutes: number): number =>
  new Date(2026, 10, 21 - daysAgo, hours, minutes).getTime();

const person = (user: string, name: string, partnerOf: string | null = null): Person => ({
  userId: `@${user}:metropole.example`,
  name,
  partnerOf,
  avatar: null,
});

export const nadia = person('n.benali', 'Nadia Benali');
export const karim = person('k.mansouri', 'Karim Mansouri');
export const ines = person('i.navarro', 'Inès Navarro');
export const hugo = person('h.girard', 'Hugo Girard');
export const sophie: Person = {
  ...person('s.laurent', 'Sophie Laurent', 'Atelier Rhône'),
  userId: '@s.laurent:atelier-rhone.example',
};
export const thomas: Person = {
  ...person('t.thevenet', 'Thomas Thévenet', 'Bureau Thévenet'),
  userId: '@t:thevenet.example',
};

type Member = SalonDetails['members'][number];
const member = (
  who: Person,
  role: Member['role'] = 'member',
  membership: Member['membership'] = 'joined',
): Member => ({
  ...who,
  role,
  membership,
});

export const members: readonly Member[] = [
  member(nadia, 'manager'),
  member(karim, 'manager'),
  member(ines),
  member(hugo),
  member(sophie),
  member(thomas, 'member', 'invited'),
  ...[
    'Amel Ferrand',
    'Jean-Baptiste Delacroix-Montgolfier',
    'Lucie Perrin',
    'Marc Olivier',
    'Yann Le Goff',
    'Élodie Faure',
  ].map((name) => member(person(name.toLowerCase().replaceAll(/\W+/g, '.'), name))),
];
