import { describe, expect, it } from 'vitest';
import { saidOf } from './said-of.ts';
import { frenchWords, wordsIn } from './testing.ts';

describe('a heading said of something', () => {
  it('goes on after the colon without a capital', () => {
    expect(saidOf('Archives', 'État inconnu', frenchWords)).toBe('Archives\u202f: état inconnu');
    expect(saidOf('Archives', '2 fichiers à regarder', frenchWords)).toBe(
      'Archives\u202f: 2 fichiers à regarder',
    );
    expect(saidOf('Archives', 'Folder withdrawn', wordsIn('en'))).toBe('Archives: folder withdrawn');
  });
});
