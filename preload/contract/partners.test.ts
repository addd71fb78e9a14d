import { describe, expect, it } from 'vitest';
import { partnerOf } from './partners.ts';

const of = (userId: string, displayName: string, rule: Partial<Parameters<typeof partnerOf>[2]> = {}) =>
  partnerOf({ userId, displayName }, 'metropole.example', {
    agentServers: [],
    partnerUserNames: [],
    ...rule,
  });

describe('partnerOf', () => {
  it('takes people of the own server for agents', () => {
    expect(of('@camille.durand:metropole.example', 'Camille Durand')).toBeNull();
  });

  it('names a partner by the organisation in the display name, else by the server', () => {
    expect(of('@c.morel:atelier.example', 'Claire Morel (Atelier Confluence)')).toBe('Atelier Confluence');
    expect(of('@c.morel:atelier.example:8448', 'Claire Morel')).toBe('atelier.example:8448');
  });

  it('knows partners on the own server by their user name', () => {
    const rule = { partnerUserNames: ['ext-*', '*.part+1'] };
    expect(of('@ext-morel:metropole.example', 'Claire Morel (Atelier)', rule)).toBe('Atelier');
    expect(of('@a.part+1:metropole.example', 'A', rule)).toBe('metropole.example');
    expect(of('@next-morel:metropole.example', 'Camille', rule)).toBeNull();
    expect(of('@axpart+1:metropole.example', 'Camille', rule)).toBeNull();
  });

  it('takes people of every agent server for agents', () => {
    expect(of('@a:ville.example', 'A', { agentServers: ['ville.example', 'metropole.example'] })).toBeNull();
    expect(of('@a:metropole.example', 'A', { agentServers: ['ville.example'] })).toBe('metropole.example');
  });
});
