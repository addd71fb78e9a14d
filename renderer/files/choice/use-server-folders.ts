import { useCallback, useEffect, useRef, useState } from 'react';
import type { ContractError, Outcome } from '../../../preload/contract/channel.ts';
import type { FolderContents } from '../../../preload/contract/folder-sizes.ts';

/** What the server has in the folders that were asked for. */
export interface ServerFolders<Contents = FolderContents> {
  readonly contents: ReadonlyMap<string, Contents>;
  readonly error: ContractError | null;
  /** Asks for what is in a folder, once. */
  readonly ask: (path: string) => Promise<void>;
  /** Asks once more for all that could not be had. */
  readonly askAgain: () => Promise<void>;
}

/**
 * Asks the server for folders, those in `first` at once and the others as somebody looks into them. `load` asks for what is
 * in one; it must stay the same.
 */
export function useServerFolders<Contents = FolderContents>(
  load: (path: string) => Promise<Outcome<Contents>>,
  first: readonly string[],
): ServerFolders<Contents> {
  const [contents, setContents] = useState<ReadonlyMap<string, Contents>>(new Map());
  const [error, setError] = useState<ContractError | null>(null);
  const asked = useRef(new Set<string>());
  const missed = useRef(new Set<string>());
  const ask = useCallback(
    async (path: string) => {
      if (asked.current.has(path)) return;
      asked.current.add(path);
      const outcome = await load(path);
      if (outcome.ok) {
        setContents((known) => new Map(known).set(path, outcome.value));
        return;
      }
      asked.current.delete(path);
      missed.current.add(path);
      // One that is gone from the server meanwhile has nothing to choose in it.
      if (path === '' || outcome.error.code !== 'not-found') setError(outcome.error);
    },
    [load],
  );
  const start = useRef(first);
  useEffect(() => {
    for (const path of start.current) void ask(path);
  }, [ask]);
  const askAgain = useCallback(async () => {
    setError(null);
    const paths = [...missed.current];
    missed.current.clear();
    await Promise.all(paths.map(ask));
  }, [ask]);
  return { contents, error, ask, askAgain };
}
