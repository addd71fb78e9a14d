import type { Notice } from './notice.ts';

/** A message that can be answered where it is shown, for tests. */
export const message: Notice = {
  key: '0123456789abcdef',
  id: '$event',
  salonId: '!rugby:metropole.example',
  account: 'nadia',
  title: 'Rugby & Cie',
  body: 'Nadia\u202f: <b>14 h</b>',
  isRinging: false,
  openLabel: 'Ouvrir',
  buttons: [],
  reply: { label: 'Répondre', placeholder: 'Votre réponse' },
};

/** A call that rings, for tests. */
export const ringing: Notice = {
  ...message,
  id: 'ring $r',
  title: 'Karim vous appelle',
  body: 'Rugby',
  isRinging: true,
  buttons: [
    { use: 'accept', label: 'Répondre' },
    { use: 'decline', label: 'Plus tard' },
  ],
  reply: null,
};
