import { beforeEach, describe, expect, it } from 'vitest';
import { NetworkView } from '../../preload/contract/network.ts';
import { doubtfulServer } from './doubtful-server.ts';
import { NetworkDesk } from './network-desk.ts';
import { certificateStep, ownCertificate } from './own-certificate.ts';

let told: NetworkView[];
let desk: NetworkDesk;
let mayRemember: boolean;
beforeEach(() => {
  told = [];
  mayRemember = true;
  desk = new NetworkDesk(
    () => mayRemember,
    (view) => told.push(NetworkView.parse(view)),
  );
});

const proxy = { proxy: 'p.example:3128', realm: 'x'.repeat(4000), user: '', wasRefused: false };
const card = ownCertificate({
  fingerprint: 'sha256/abc',
  subjectName: 'Nadia Benali',
  issuerName: 'AC Métropole',
  validExpiry: 1_900_000_000,
});
const id = () => desk.view.question?.id ?? '';

describe('questions on the way to the servers', () => {
  it('come one after the other, and each answer goes to its own', async () => {
    const first = desk.askProxy(proxy);
    const second = desk.askCertificate('files.example', [card]);
    expect(told).toHaveLength(1);
    const proxyId = id();
    desk.chooseCertificate(proxyId, card.fingerprint); // not what was asked
    desk.answerProxy(proxyId, { user: 'n', password: 'p', remember: true });
    expect(await first).toEqual({ user: 'n', password: 'p', remember: true });
    desk.answerProxy(proxyId, null); // over already
    expect(desk.view.question).toMatchObject({ kind: 'own-certificate', host: 'files.example' });
    desk.chooseCertificate(id(), card.fingerprint);
    expect(await second).toBe(card.fingerprint);
    expect(desk.view.question).toBeNull();
  });

  it('take no certificate that was not offered', async () => {
    const chosen = desk.askCertificate('files.example', [card]);
    desk.chooseCertificate(id(), 'sha256/other');
    expect(await chosen).toBeNull();
  });

  it('keep no password that the policy does not let be kept', async () => {
    mayRemember = false;
    const answer = desk.askProxy(proxy);
    expect(desk.view.question).toMatchObject({ mayRemember: false });
    desk.answerProxy(id(), { user: 'n', password: 'p', remember: true });
    expect(await answer).toMatchObject({ remember: false });
  });
});

describe('a server that could not prove who it is', () => {
  const refused = (errorCode: number, validStart = 1_000_000_000, validExpiry = 1_100_000_000) => ({
    hostname: 'chat.example',
    errorCode,
    verificationResult: 'net::ERR_CERT_DATE_INVALID',
    certificate: { subjectName: 'chat.example', issuerName: 'AC', validStart, validExpiry },
  });
  const now = new Date('2026-11-28T20:00:00Z');

  it('is told of once, until it does', () => {
    const server = doubtfulServer(refused(-201), now);
    desk.doubt(server);
    desk.doubt(server);
    expect(told).toHaveLength(1);
    expect(told[0]?.doubtful).toEqual([expect.objectContaining({ host: 'chat.example', reason: 'ended' })]);
    desk.trust('chat.example');
    desk.trust('chat.example');
    expect(told.map(({ doubtful }) => doubtful.length)).toEqual([1, 0]);
  });

  it('is told of with its reason', () => {
    const reasons = [-200, -202, -206, -207].map((code) => doubtfulServer(refused(code), now).reason);
    expect(reasons).toEqual(['other-name', 'unknown-authority', 'revoked', 'other']);
    const soon = now.getTime() / 1000 + 3600;
    expect(doubtfulServer(refused(-201, soon, soon + 1), now).reason).toBe('not-begun');
  });

  it('is told of whatever times its certificate names', () => {
    for (const time of [-62_135_596_800, 1.5, 0.1234, Number.NaN, Number.POSITIVE_INFINITY]) {
      const server = doubtfulServer({ ...refused(-202, time, time), hostname: `h${time}.example` }, now);
      desk.doubt(server); // the contract is checked where it is told
    }
    expect(told.at(-1)?.doubtful.map(({ validFrom }) => validFrom)).toEqual([0, 1500, 123, 0, 8.64e15]);
  });

  it('floods nobody', () => {
    for (let i = 0; i < 100; i += 1)
      desk.doubt({
        ...doubtfulServer(refused(-202), now),
        host: `h${i}.example`,
      });
    expect(desk.view.doubtful).toHaveLength(20);
  });
});

it('shows a certificate by itself only where there is one and the policy says so', () => {
  expect(certificateStep('ask', 1)).toBe('ask');
  expect(certificateStep('automatic', 1)).toBe('show-the-one');
  expect(certificateStep('automatic', 2)).toBe('ask');
  expect(certificateStep('never', 1)).toBe('show-none');
  expect(certificateStep('ask', 0)).toBe('show-none');
});
