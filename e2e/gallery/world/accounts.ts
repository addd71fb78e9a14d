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

/** Her account at another metropole, which is not shown. */
export const elsewhere: ListedAccount = {
  id: '5f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9',
  stores: '5f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9',
  passing: null,
  name: 'Nadia Benali (élue)',
  user: '@nadia.benali:agglo-voisine.example',
  server: 'discussion.agglo-voisine.example',
  isShown: false,
  mustSignIn: false,
};
