import { expect, it } from 'vitest';
import { negotiateLists } from './negotiate.ts';

it('names hosts as Chromium’s lists do, without ports, and nobody where nobody is named', () => {
  const negotiateServers = ['*.metropole.example', 'proxy.metropole.example:3128'];
  expect(negotiateLists({ negotiateServers, delegateServers: ['files.metropole.example'] })).toEqual({
    allowed: '*.metropole.example,proxy.metropole.example',
    delegated: 'files.metropole.example',
  });
  expect(negotiateLists({ negotiateServers: [], delegateServers: [] })).toEqual({
    allowed: '',
    delegated: '',
  });
});
