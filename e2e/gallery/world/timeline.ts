import type {
  Person,
  TimelineContent,
  TimelineItem,
  TimelineSnapshot,
} from '../../../renderer/matrix/protocol.ts';
import { ago, dayAt, hugo, ines, karim, nadia, sophie } from './people.ts';
import { conference, RUGBY } from './salons.ts';

let made = 0;

/** A message; sent unless said otherwise. */
export function item(
  sender: Person,
  at: number,
  content: TimelineContent,
  rest: Partial<TimelineItem> = {},
): TimelineItem {
  made += 1;
  return {
    key: `m${made}`,
    eventId: `$e${made}`,
    sender,
    mine: sender === nadia,
    at,
    content,
    sending: { state: 'sent' },
    edited: false,
    inClear: false,
    reactions: [],
    ...rest,
  };
}

/** A plain text. */
export const text = (words: string, html: string | null = null): TimelineContent => ({
  kind: 'text',
  text: words,
  html,
  notice: false,
  cut: false,
});

/** The conversation of the pictures. */
export const rugbyItems: readonly TimelineItem[] = [
  item(
    karim,
    dayAt(1, 16, 20),
    text('Les services techniques demandent la dernière version du plan des accès avant vendredi.'),
  ),
  item(sophie, ago(14), text('La voici. J’ai ajouté les cheminements piétons côté Gerland.')),
  item(
    sophie,
    ago(14),
    {
      kind: 'folder-file',
      path: 'Plans/Plan des accès v7.pdf',
      fileId: '4711',
      size: 3_355_443,
      mimeType: 'application/pdf',
    },
    {
      reactions: [
        { key: '👍', count: 4, mine: true },
        { key: '🎯', count: 1, mine: false },
      ],
    },
  ),
  item(karim, ago(9), { kind: 'call', widgetId: 'w1', conference, ended: false }),
  item(nadia, ago(3), text('Le plan des accès est à jour, merci ! Je dépose aussi le budget.')),
];

export const rugby: TimelineSnapshot = {
  salonId: RUGBY,
  items: rugbyItems,
  older: 'start',
  typing: ['Sophie Laurent'],
  readUpTo: rugbyItems.at(-1)?.eventId ?? null,
};

const image = (name: string, width: number, height: number): TimelineContent => ({
  kind: 'image',
  name,
  media: { key: `${name} ${width} ${height}`, mimeType: 'image/png', size: 240_000 },
  thumbnail: null,
  width,
  height,
});

/** A picture alone. */
export const onePicture: TimelineSnapshot = {
  ...rugby,
  typing: [],
  items: [item(hugo, ago(20), image('parvis.png', 1600, 900))],
};

const sent = (name: string, key: string, size: number): TimelineContent => ({
  kind: 'file',
  name,
  media: { key, mimeType: 'application/octet-stream', size },
});

/** Pictures and files of which some come slowly, some can't be had. */
export const coming: TimelineSnapshot = {
  ...rugby,
  typing: [],
  items: [
    item(hugo, ago(24), image('lost.png', 1600, 900)),
    item(hugo, ago(23), image('slow.png', 1200, 900)),
    item(ines, ago(22), image('slow-small.png', 64, 64)),
    item(karim, ago(21), sent('relevé-topographique.dwg', 'slow dwg', 18_400_000)),
    item(karim, ago(20), sent('maquette.ifc', 'lost ifc', 46_000_000)),
    item(sophie, ago(19), {
      kind: 'folder-file',
      path: 'plans/acces-stade.pdf',
      fileId: '4711',
      size: 7_300_000,
      mimeType: 'application/pdf',
    }),
  ],
};

/** One of everything a conversation can hold. */
export const everything: TimelineSnapshot = {
  salonId: RUGBY,
  older: 'start',
  typing: ['Sophie Laurent', 'Karim Mansouri', 'Inès Navarro', 'Hugo Girard'],
  readUpTo: '$read',
  items: [
    item(nadia, dayAt(8, 9, 0), { kind: 'created' }),
    item(karim, dayAt(8, 9, 2), { kind: 'membership', change: 'joined', who: karim.name }),
    item(ines, dayAt(8, 9, 3), { kind: 'membership', change: 'joined', who: ines.name }),
    item(hugo, dayAt(8, 9, 3), { kind: 'membership', change: 'joined', who: hugo.name }),
    item(nadia, dayAt(8, 9, 4), { kind: 'renamed', name: 'Coupe du monde de rugby' }),
    item(karim, dayAt(8, 9, 5), text('Bonjour à tous 👋')),
    item(
      karim,
      dayAt(8, 9, 5),
      text(
        'Le dossier de presse est sur https://www.exemple.fr/rugby/dossier-de-presse?edition=2026, écrivez à presse@exemple.fr en cas de souci.',
      ),
    ),
    item(
      ines,
      dayAt(1, 10, 0),
      text(
        'Ordre du jour',
        '<h3>Ordre du jour</h3><ul><li><b>Accès</b> côté Gerland</li><li>Budget, voir <a href="https://exemple.fr/budget">la note</a></li></ul><blockquote>À valider avant vendredi</blockquote><p>Le code du portail est <code>B4 22</code>.</p><script>alert(1)</script>',
      ),
      { edited: true },
    ),
    item(hugo, dayAt(1, 10, 30), image('parvis.png', 1600, 900)),
    item(
      hugo,
      dayAt(1, 10, 31),
      {
        kind: 'file',
        name: 'relevé-topographique.dwg',
        media: { key: 'dwg', mimeType: 'application/octet-stream', size: 18_400_000 },
      },
      { inClear: true },
    ),
    item(sophie, dayAt(1, 11, 0), { kind: 'deleted' }),
    item(
      karim,
      dayAt(1, 11, 5),
      { kind: 'call', widgetId: 'over', conference: null, ended: true },
      { eventId: '$read' },
    ),
    item(sophie, ago(41), text('Écrit depuis un autre programme.'), { inClear: true }),
    item(sophie, ago(40), text('🎉')),
    item(
      sophie,
      ago(39),
      text(
        'On a reçu l’accord du service des sports, avec un nom de fichier tout à fait déraisonnable_qui_ne_se_coupe_pas_du_tout_et_qui_continue_encore_longtemps_v12_final.pdf',
      ),
    ),
    item(ines, ago(30), { kind: 'unreadable', reason: 'waiting-for-key' }),
    item(ines, ago(29), { kind: 'unreadable', reason: 'before-this-device' }),
    item(ines, ago(28), { kind: 'unreadable', reason: 'withheld' }),
    item(nadia, ago(5), text('Je vérifie et je reviens vers vous.')),
    item(nadia, ago(2), text('Le serveur de la mairie est tombé ?'), {
      eventId: null,
      sending: { state: 'failed', reason: 'offline' },
    }),
    item(nadia, ago(2), text('Voici le budget complet.'), {
      eventId: null,
      sending: { state: 'failed', reason: 'too-large' },
    }),
    item(nadia, ago(1), text('Je renvoie tout à l’heure.'), { eventId: null, sending: { state: 'sending' } }),
  ],
};

/** A long past, for scrolling and for loading upward. */
export function longPast(count: number, older: TimelineSnapshot['older']): TimelineSnapshot {
  const people = [karim, sophie, ines, nadia];
  const items = Array.from({ length: count }, (_, index) => {
    const sender = people[Math.floor(index / 3) % people.length] ?? karim;
    return item(
      sender,
      ago((count - index) * 7),
      text(`Message ${index + 1}. ${'Une phrase de plus. '.repeat(index % 5)}`.trim()),
    );
  });
  return { salonId: RUGBY, items, older, typing: [], readUpTo: items.at(-1)?.eventId ?? null };
}
