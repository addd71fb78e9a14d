import app from '../../renderer/i18n/fr/app.json';
import { found } from './hands.ts';
import type { Scene } from './scenes.ts';
import type { Stage } from './stage.ts';
import { elsewhere, listed } from './world/accounts.ts';

function several(stage: Stage): void {
  stage.world.accounts = { accounts: [listed, elsewhere], mayAdd: true, isWhole: true };
}

/** Several accounts on one PC. */
export const accountScenes: readonly Scene[] = [
  { name: 'settings-accounts', before: several, after: (_, { navigation }) => navigation.goTo('settings') },
  {
    name: 'settings-accounts-decided',
    before: (stage) => {
      stage.world.accounts = {
        accounts: [listed, { ...elsewhere, mustSignIn: true }],
        mayAdd: false,
        isWhole: true,
      };
    },
    after: (_, { navigation }) => navigation.goTo('settings'),
  },
  {
    name: 'accounts-menu',
    before: several,
    after: async () => {
      const button = await found<HTMLElement>(`.rail-me[aria-label^="${app.account}"]`);
      button.click();
      await found('.menu');
    },
  },
  {
    name: 'accounts-add',
    before: (stage) => {
      const nobody = { status: 'none' } as const;
      stage.world.account = { id: null, stores: '', chat: nobody, files: nobody, secrets: 'system' };
      stage.world.accounts = { accounts: [{ ...listed, isShown: false }], mayAdd: true, isWhole: true };
    },
  },
];
