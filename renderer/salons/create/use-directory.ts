import { useEffect, useState } from 'react';
import type { DirectoryHit } from '../../matrix/protocol.ts';
import { useWorkspace } from '../stores/workspace-context.tsx';

const PAUSE_MS = 250;
const SHORTEST = 2;

interface Found {
  readonly term: string;
  readonly hits: readonly DirectoryHit[];
  readonly failed: boolean;
}

/** Searches the directory while one types; oneself and those already chosen are left out. */
export function useDirectory(
  typed: string,
  chosen: readonly DirectoryHit[],
): { readonly hits: readonly DirectoryHit[]; readonly state: 'searching' | 'nobody' | 'failed' } {
  const { chat } = useWorkspace();
  const [found, setFound] = useState<Found>({ term: '', hits: [], failed: false });
  const term = typed.trim();
  useEffect(() => {
    if (term.length < SHORTEST) return;
    let gone = false;
    const search = async () => {
      const outcome = await chat.run('searchDirectory', { term });
      if (!gone) setFound({ term, hits: outcome.ok ? outcome.value.hits : [], failed: !outcome.ok });
    };
    const timer = setTimeout(() => void search(), PAUSE_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [chat, term]);
  const self = chat.self.get()?.userId;
  const left = new Set([self, ...chosen.map(({ userId }) => userId)]);
  const hits = term.length < SHORTEST ? [] : found.hits.filter(({ userId }) => !left.has(userId));
  return { hits, state: found.term !== term ? 'searching' : found.failed ? 'failed' : 'nobody' };
}
