import type { DoubtfulServer, NetworkQuestion } from '../../preload/contract/network.ts';
import { found } from './hands.ts';
import type { Scene } from './scenes.ts';
import { NOW } from './world/people.ts';
import { RUGBY } from './world/salons.ts';

const DAY_MS = 86_400_000;

const proxyAsks: NetworkQuestion = {
  kind: 'proxy',
  id: 'proxy-1',
  proxy: 'proxy.metropole.example:3128',
  realm: 'Accès internet',
  user: '',
  wasRefused: false,
  mayRemember: true,
};

const serverAsks: NetworkQuestion = {
  kind: 'own-certificate',
  id: 'certificate-1',
  host: 'fichiers.metropole.example',
  choices: [
    {
      fingerprint: 'sha256/agent',
      subject: 'Nadia Benali',
      issuer: 'Métropole, agents',
      validUntil: NOW + 400 * DAY_MS,
    },
    {
      fingerprint: 'sha256/card',
      subject: 'BENALI Nadia (carte de l’agent)',
      issuer: 'Autorité des cartes de la métropole',
      validUntil: NOW + 40 * DAY_MS,
    },
  ],
};

const doubtful: DoubtfulServer = {
  host: 'discussion.metropole.example',
  reason: 'unknown-authority',
  subject: 'discussion.metropole.example',
  issuer: 'Filtre du réseau',
  validFrom: NOW - 30 * DAY_MS,
  validUntil: NOW + 335 * DAY_MS,
  code: 'net::ERR_CERT_AUTHORITY_INVALID',
};

/** With this on the way to the servers, in the salons. */
function inSalons(name: string, question: NetworkQuestion): Scene {
  return {
    name,
    before: (stage) => {
      stage.world.network = { ...stage.world.network, question };
      const answered = () => stage.main.emit('network', 'changed', { question: null, doubtful: [] });
      stage.overrides.network = { answerProxy: answered, chooseCertificate: answered };
    },
    after: async (_, { navigation }) => {
      navigation.openSalon(RUGBY);
      await found('[role=dialog]');
    },
  };
}

/** What is asked and told on the way to the servers. */
export const networkScenes: readonly Scene[] = [
  inSalons('network-proxy', proxyAsks),
  inSalons('network-proxy-refused', { ...proxyAsks, user: 'METROPOLE\\n.benali', wasRefused: true }),
  inSalons('network-server', {
    kind: 'server',
    id: 'server-1',
    host: 'agenda.metropole.example',
    realm: 'Agenda des salles',
    user: 'n.benali',
    wasRefused: true,
  }),
  inSalons('network-certificates', serverAsks),
  {
    name: 'network-doubtful-door',
    before: (stage) => {
      stage.world.account = {
        ...stage.world.account,
        chat: { status: 'none' },
        files: { status: 'none' },
      };
      stage.world.accounts = { accounts: [], mayAdd: true, isWhole: true };
      stage.world.network = { question: null, doubtful: [doubtful] };
    },
    after: async () => {
      await found('.doubtful');
    },
  },
  {
    name: 'network-doubtful-salons',
    before: (stage) => {
      stage.world.network = {
        question: null,
        doubtful: [
          { ...doubtful, reason: 'ended' },
          { ...doubtful, host: 'fichiers.metropole.example' },
        ],
      };
    },
    after: async (_, { navigation }) => {
      navigation.openSalon(RUGBY);
      await found('.doubtful-reasons li + li');
    },
  },
];
