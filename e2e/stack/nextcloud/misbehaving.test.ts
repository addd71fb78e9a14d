import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FaultEffect } from './index.ts';
import type { TestServer } from './testing.ts';
import { clientOf, filesPath, leaf, openTestServer } from './testing.ts';

let test: TestServer;
let call: ReturnType<typeof clientOf>;
/** What a client sees of a connection that is closed on it. */
const broken = /socket hang up|aborted|ECONNRESET|EPIPE/;
const megabyte = Buffer.alloc(1024 * 1024, 'm');

beforeAll(async () => {
  test = await openTestServer();
  call = clientOf(test.server, 'nadia');
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(() => test.server.control.clearFaults());

const fault = (method: string, path: string, effect: FaultEffect) =>
  test.server.control.addFault({ method, path, effect });

describe('the stand-in told to misbehave', () => {
  it.each([423, 500, 503, 507] as const)('answers %i once, with the body of that failure', async (status) => {
    fault('PUT', '*/refused.txt', { kind: 'status', status });
    const [first, second] = [
      await call('PUT', 'refused.txt', { body: 'x' }),
      await call('PUT', 'refused.txt', { body: 'x' }),
    ];
    expect(first.status).toBe(status);
    expect(first.text).toContain('<s:exception>');
    expect(second.status).toBeLessThan(300);
  });

  it('says when to come back', async () => {
    fault('GET', '*', { kind: 'status', status: 503, retryAfter: 7 });
    expect((await call('GET', 'x')).header('retry-after')).toBe('7');
  });

  it('refuses OCS requests in OCS words', async () => {
    fault('GET', '/ocs/*', { kind: 'status', status: 500 });
    const answer = await call('GET', '/ocs/v2.php/cloud/user?format=json', {
      headers: { 'OCS-APIRequest': 'true' },
    });
    expect([answer.status, answer.text]).toEqual([500, expect.stringContaining('"statuscode":500')]);
  });

  it('stores nothing when the upload is cut', async () => {
    fault('PUT', '*/cut.bin', { kind: 'cut-request', afterBytes: 300_000 });
    await expect(call('PUT', 'cut.bin', { body: megabyte })).rejects.toThrow(broken);
    expect((await call('PROPFIND', 'cut.bin', { headers: { Depth: '0' } })).status).toBe(404);
  });

  it('keeps the old content when an overwrite is cut', async () => {
    await call('PUT', 'kept.txt', { body: 'old' });
    fault('PUT', '*/kept.txt', { kind: 'cut-request', afterBytes: 300_000 });
    await expect(call('PUT', 'kept.txt', { body: megabyte })).rejects.toThrow(broken);
    expect((await call('GET', 'kept.txt')).text).toBe('old');
  });

  it('cuts downloads in the middle', async () => {
    await call('PUT', 'long.bin', { body: megabyte });
    fault('GET', '*/long.bin', { kind: 'cut-response', afterBytes: 200_000 });
    await expect(call('GET', 'long.bin')).rejects.toThrow(broken);
    expect((await call('GET', 'long.bin')).body.length).toBe(megabyte.length);
  });

  it('cuts listings in the middle', async () => {
    fault('PROPFIND', '*', { kind: 'cut-response', afterBytes: 100 });
    await expect(call('PROPFIND', '', { headers: { Depth: '1' } })).rejects.toThrow(broken);
  });

  it('does the work and loses the answer', async () => {
    fault('PUT', '*/lost.txt', { kind: 'drop-answer' });
    await expect(call('PUT', 'lost.txt', { body: 'done' })).rejects.toThrow(broken);
    expect((await call('GET', 'lost.txt')).text).toBe('done');
    expect(test.server.requests().find((each) => each.path.endsWith('/lost.txt'))).toMatchObject({
      method: 'PUT',
      status: 201,
      broken: true,
    });
  });

  it('drops a request before anything is done', async () => {
    fault('PUT', '*/dropped.txt', { kind: 'drop' });
    await expect(call('PUT', 'dropped.txt', { body: 'x' })).rejects.toThrow(broken);
    expect((await call('GET', 'dropped.txt')).status).toBe(404);
  });

  it('shows the etag from before', async () => {
    const old = (
      await call('PUT', 'stale.txt', { body: 'a', headers: { 'X-OC-MTime': '1400000000' } })
    ).header('etag');
    const fresh = (
      await call('PUT', 'stale.txt', { body: 'b', headers: { 'X-OC-MTime': '1500000000' } })
    ).header('etag');
    fault('PROPFIND', '*/stale.txt', { kind: 'stale-etag' });
    const shown = async () =>
      leaf(await call('PROPFIND', 'stale.txt', { headers: { Depth: '0' } }), 'getetag');
    const quoted = (etag: string | undefined) => etag?.replaceAll('"', '&quot;');
    expect(await shown()).toBe(quoted(old));
    expect(await shown()).toBe(quoted(fresh));
  });

  it('is slow when told to be', async () => {
    fault('PUT', '*/slow.bin', { kind: 'throttle', bytesPerSecond: 4_000_000 });
    const began = performance.now();
    expect((await call('PUT', 'slow.bin', { body: megabyte })).status).toBe(201);
    expect(performance.now() - began).toBeGreaterThan(200);
    fault('GET', '*/slow.bin', { kind: 'delay', ms: 120 });
    const beganReading = performance.now();
    await call('GET', 'slow.bin');
    expect(performance.now() - beganReading).toBeGreaterThan(110);
  });

  it('lets go of a file when a body that it holds back breaks off between two parts', async () => {
    const { control } = test.server;
    control.addFault({ path: '*/half.bin', times: 0, effect: { kind: 'throttle', bytesPerSecond: 1e9 } });
    const authorization = `Basic ${Buffer.from('nadia:nadia secret').toString('base64')}`;
    const upload = request(`${test.server.url}${filesPath('nadia', 'half.bin')}`, {
      method: 'PUT',
      headers: { Authorization: authorization, 'Content-Length': '200000' },
    });
    upload.on('error', () => undefined);
    upload.write(megabyte.subarray(0, 50_000));
    await vi.waitUntil(() => control.faults().some(({ hits }) => hits > 0));
    await vi.waitUntil(async () => (await call('PUT', 'half.bin', { body: 'x' })).status === 423);
    upload.destroy();
    await vi.waitUntil(async () => (await call('PUT', 'half.bin', { body: 'x' })).status < 300);
    expect((await call('GET', 'half.bin')).text).toBe('x');
  });

  it('is in maintenance as long as the switch is on', async () => {
    test.server.control.set({ maintenance: true });
    const answers = [await call('GET', 'x'), await call('PUT', 'x', { body: 'x' })];
    test.server.control.set({ maintenance: false });
    expect(answers.map((answer) => answer.status)).toEqual([503, 503]);
    expect((await call('GET', 'x')).status).toBe(404);
  });

  it('obeys other processes through its control endpoint', async () => {
    const control = (body: object, type = 'application/json') =>
      call('POST', '/_standin/control', { headers: { 'Content-Type': type }, body: JSON.stringify(body) });
    const rule = { method: 'PUT', path: '*', effect: { kind: 'status', status: 423 } };
    expect((await control({ command: 'add-fault', rule }, 'text/plain')).status).toBe(400);
    expect((await control({ command: 'add-fault', rule: { effect: { kind: 'explode' } } })).status).toBe(400);
    expect((await control({ command: 'add-fault', rule })).status).toBe(200);
    expect((await call('PUT', 'x', { body: 'x' })).status).toBe(423);
    expect(JSON.parse((await control({ command: 'faults' })).text)).toEqual({ result: [] });
  });
});
