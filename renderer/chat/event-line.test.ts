import { describe, expect, it } from 'vitest';
import { ago, hugo, ines, karim, nadia, sophie } from '../../e2e/gallery/world/people.ts';
import { item } from '../../e2e/gallery/world/timeline.ts';
import { frenchWords } from '../i18n/testing.ts';
import type { Person } from '../matrix/protocol.ts';
import { eventLines, named } from './event-line.ts';

const joined = (who: Person) => item(who, ago(1), { kind: 'membership', change: 'joined', who: who.name });
const invited = (by: Person, who: Person) =>
  item(by, ago(1), { kind: 'membership', change: 'invited', who: who.name });

describe('what happened to a salon', () => {
  it('is one line for the same thing done by several', () => {
    expect(eventLines([joined(karim), joined(ines)], frenchWords)).toEqual([
      'Karim Mansouri et Inès Navarro ont rejoint le salon',
    ]);
    expect(eventLines([joined(karim)], frenchWords)).toEqual(['Karim Mansouri a rejoint le salon']);
  });

  it('names whoever invited, and begins a line for another', () => {
    expect(eventLines([invited(karim, ines), invited(nadia, hugo)], frenchWords)).toHaveLength(2);
  });

  it('tells one’s own acts as such', () => {
    expect(eventLines([item(nadia, ago(1), { kind: 'created' })], frenchWords)).toEqual([
      'Vous avez créé le salon',
    ]);
  });
});

describe('names', () => {
  it('are three at most, then how many more', () => {
    const names = [karim, ines, hugo, sophie].map(({ name }) => name);
    expect(named(names.slice(0, 3), frenchWords)).toBe('Karim Mansouri, Inès Navarro et Hugo Girard');
    expect(named(names, frenchWords)).toBe('Karim Mansouri, Inès Navarro et 2 autres');
    expect(named(['A', 'A'], frenchWords)).toBe('A');
  });
});
