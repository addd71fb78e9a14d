import { afterEach, expect, test, vi } from 'vitest';
import { proxiesOf, proxyOf, rulesInTime } from './proxy.ts';

test.each([
  ['DIRECT', undefined],
  ['PROXY proxy.metropole.example:3128', 'http://proxy.metropole.example:3128'],
  ['PROXY 10.0.0.1:3128;DIRECT', 'http://10.0.0.1:3128'],
  ['HTTPS proxy.example:443; PROXY other:80', 'https://proxy.example:443'],
  ['SOCKS5 socks:1080;PROXY proxy:3128', 'http://proxy:3128'],
  ['SOCKS5 socks:1080;DIRECT', undefined],
  ['DIRECT;PROXY proxy:3128', undefined],
  ['', undefined],
  ['PROXY', undefined],
])('%j', (rules, expected) => {
  expect(proxyOf(rules)).toBe(expected);
});

afterEach(() => vi.useRealTimers());

test('a file of proxies that comes to no end is waited for ten seconds', async () => {
  vi.useFakeTimers();
  const rules = rulesInTime(() => new Promise(() => undefined), 'https://files.example');
  await vi.advanceTimersByTimeAsync(9_999);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await rules).toBe('DIRECT');
});

test('one that answers is believed at once, and leaves nothing behind', async () => {
  vi.useFakeTimers();
  expect(await rulesInTime(async (url) => `PROXY ${new URL(url).host}:1`, 'https://a.example')).toBe(
    'PROXY a.example:1',
  );
  await expect(rulesInTime(() => Promise.reject(new Error('gone')), 'https://a.example')).rejects.toThrow(
    'gone',
  );
  expect(vi.getTimerCount()).toBe(0);
});

test('each server is asked about by itself, once an origin', async () => {
  const asked: string[] = [];
  const proxies = await proxiesOf(
    [
      'https://cloud.metropole.example/',
      'https://files.partner.example:8443/nc',
      'https://cloud.metropole.example/nc',
    ],
    async (url) => {
      asked.push(new URL(url).hostname);
      return url.includes('partner') ? 'http://partners:3128' : undefined;
    },
  );
  expect(asked).toEqual(['cloud.metropole.example', 'files.partner.example']);
  expect(proxies).toEqual({ 'https://files.partner.example:8443': 'http://partners:3128' });
});
