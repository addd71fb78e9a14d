import { expect, test } from 'vitest';
import { proxyOf } from './proxy.ts';

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
