import type { AccountState, Discovery, ListedAccount } from '../../../preload/contract/accounts.ts';

/** Before anybody signed in. */
export const NOBODY: AccountState = {
  id: null,
  stores: '',
  chat: { status: 'none' },
  files: { status: 'none' },
  secrets: 'system',
};

export const signedIn: AccountState = {
  id: '0b9d6f6e-6a51-4a65-9c1e-5a3c5d1f7a01',
  stores: '',
  chat: {
    status: 'signed-in',
    serverUrl: 'https://discussion.metropole.example',
    user: '@n.benali:metropole.example',
  },
  files: { status: 'signed-in', serverUrl: 'https://fichiers.metropole.example', user: 'n.benali' },
  secrets: 'system',
};

export const listed: ListedAccount = {
  id: '0b9d6f6e-6a51-4a65-9c1e-5a3c5d1f7a01',
  stores: '',
  passing: null,
  name: 'Nadia Benali',
  picture: null,
  user: '@n.benali:metropole.example',
  server: 'discussion.metropole.example',
  isShown: true,
  mustSignIn: false,
};

export const found: Discovery = {
  chat: {
    found: true,
    offer: {
      serverUrl: 'https://discussion.metropole.example',
      user: 'n.benali',
      password: true,
      browser: [],
    },
  },
  files: { found: true, serverUrl: 'https://fichiers.metropole.example', productName: 'Nextcloud' },
};

/** A face drawn in a few strokes: a WebP in base64, as main keeps the picture of an account. */
const FACE = [
  'UklGRnoBAABXRUJQVlA4IG4BAABwCwCdASpgAGAAPu1qsE6ppiUiLxh42TAdiWMAzdUYiqeJWNOiVdvG3p0Vp4lsqud70uNK',
  '0j9/d7cRGXR8e2Z369AOoNY0P1U98x71xheDekH2g7mEd2eg43ycSs4wbhaVoJ+AAP7sA9VFFgfcn6ti2/9K8pCbsQxpHR3s',
  '5gjLQiyWO8JBrxt9Zblk+r4JA4n7UO1elDEXngAtffeeRXRDAS99Evnmo23A3wtk718TxOfhwSPRzYd+LliN1BYnllEflYWX',
  'UV/QNz8m02orYmvDOxeBt7rGmi90eF/BmkYEQ6RxR+h7sxQ/zzOc6iLgGJ04dEawLoS0Y0tu7PWkseew3PqCgPzTysp3909N',
  'fUtadGIUGf3rwC/6SmPgxfqP3iaRj3i0kx8ErI1Xhl/zPM8OJ+zssSfwq1m+uABQVN4DWTFqZRFtLFUFhtMhxmmm9rl571SV',
  'CBUzcN5bwr2PagcsoicZGl67VgxXqlcOpAA=',
].join('');

/** Her account at another metropole, which is not shown. */
export const elsewhere: ListedAccount = {
  id: '5f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9',
  stores: '5f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9',
  passing: null,
  name: 'Nadia Benali (élue)',
  picture: FACE,
  user: '@nadia.benali:agglo-voisine.example',
  server: 'discussion.agglo-voisine.example',
  isShown: false,
  mustSignIn: false,
};
