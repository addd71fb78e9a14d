import { useEffect, useState } from 'react';
import type { WaitingFiles } from '../../preload/contract/file-activity.ts';
import { useWorkspace } from '../salons/stores/workspace-context.tsx';
import { reuse } from '../ui/reuse.ts';

const NONE: WaitingFiles = { files: [], count: 0, bytes: 0 };
/** Nobody reads a list that changes faster. */
const REST_MS = 2000;

/** The files that wait for their turn, asked for again as others begin and end. */
export function useWaitingFiles(): WaitingFiles {
  const { activity } = useWorkspace();
  const [waiting, setWaiting] = useState(NONE);
  useEffect(() => {
    let isShown = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const outcome = await activity.waiting();
      if (isShown && outcome.ok) setWaiting((last) => reuse(last, outcome.value));
    };
    const askSoon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void ask();
      }, REST_MS);
    };
    void ask();
    const stop = activity.running.subscribe(askSoon);
    return () => {
      isShown = false;
      stop();
      clearTimeout(timer);
    };
  }, [activity]);
  return waiting;
}
