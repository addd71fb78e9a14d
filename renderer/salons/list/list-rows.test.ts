import { describe, expect, it } from 'vitest';
import { CRECHES, INVITED, list, RUGBY } from '../../../e2e/gallery/world/salons.ts';
import { type ListFilter, listRows, neighbour } from './list-rows.ts';

const { salons } = list;
const shown = (filter: ListFilter, typed = '', ringing: readonly string[] = []) =>
  listRows(salons, filter, typed, new Map(ringing.map((salonId) => [salonId, 'Karim']))).map((row) =>
    row.kind === 'group' ? `# ${row.group}` : row.salon.name,
  );

describe('the list of salons', () => {
  it('groups invitations, pinned and recent ones', () => {
    expect(shown('all').slice(0, 6)).toEqual([
      '# invitations',
      'Rénovation de la halle',
      '# pinned',
      'Coupe du monde de rugby',
      'Crèches du 3ᵉ',
      '# recent',
    ]);
  });

  it('puts who rings on top, once', () => {
    const rows = shown('all', '', [CRECHES]);
    expect(rows.slice(0, 3)).toEqual(['# ringing', 'Crèches du 3ᵉ', '# invitations']);
    expect(rows.filter((row) => row === 'Crèches du 3ᵉ')).toHaveLength(1);
  });

  it('names no group where there is one alone', () => {
    expect(shown('calls')).toEqual(['Piscine, suivi de chantier']);
  });

  it('finds names without minding accents and capitals', () => {
    expect(shown('all', 'CRECHE')).toEqual(['Crèches du 3ᵉ']);
    expect(shown('all', 'zzz')).toEqual([]);
  });

  it('filters by what waits', () => {
    expect(shown('unread')).toContain('Archives municipales');
    expect(shown('unread')).not.toContain('Espaces publics');
    expect(shown('mentions')).toEqual(['Crèches du 3ᵉ']);
  });
});

describe('stepping through the list', () => {
  it('follows the order on the screen', () => {
    expect(neighbour(salons, RUGBY, 1, false)).toBe(CRECHES);
    expect(neighbour(salons, RUGBY, -1, false)).toBe(INVITED);
    expect(neighbour(salons, INVITED, -1, false)).toBeNull();
    expect(neighbour(salons, null, 1, false)).toBe(INVITED);
  });

  it('skips what is read when asked to', () => {
    expect(neighbour(salons, RUGBY, 1, true)).toBe(CRECHES);
    expect(neighbour(salons, CRECHES, 1, true)).toBe('!archives:metropole.example');
    expect(neighbour(salons, '!archives:metropole.example', 1, true)).toBeNull();
  });
});
