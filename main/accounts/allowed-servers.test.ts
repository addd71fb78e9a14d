import { describe, expect, it } from 'vitest';
import { type AllowedServers, isAllowed } from './allowed-servers.ts';

const brand = { chat: 'https://chat.metropole.example', files: null };
const may = (serverUrl: string, policy: AllowedServers, service: 'chat' | 'files' = 'chat') =>
  isAllowed(service, serverUrl, { policy, brand });

describe('a server that a person asks for', () => {
  it('is any where nobody decides', () => {
    expect(may('https://other.example', {})).toBe(true);
  });

  it('is one of a list, by its host or all below one, or the brand’s', () => {
    const allowed = ['*.metropole.example', 'Partner.example:8443'];
    const asked = [
      'https://fichiers.metropole.example/cloud',
      'https://partner.example:8443',
      'https://chat.metropole.example',
      'https://metropole.example.evil.example',
      'https://evilmetropole.example',
      'https://partner.example',
      'https://metropole.example',
    ];
    expect(asked.map((url) => may(url, { allowed }))).toEqual([true, true, true, false, false, false, false]);
  });

  it('is the brand’s where a person may not change it, and any where the brand names none', () => {
    expect(may('https://other.example', { mayChange: false })).toBe(false);
    expect(may('https://chat.metropole.example/', { mayChange: false })).toBe(true);
    expect(may('https://other.example', { mayChange: false }, 'files')).toBe(true);
  });
});
