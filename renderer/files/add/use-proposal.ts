import { useRef, useState } from 'react';
import type { ContractError } from '../../../preload/contract/channel.ts';
import type { FolderProposal } from '../../../preload/contract/chosen-folders.ts';
import type { AppBridge } from '../../bridge.ts';

/** The folder that a person is about to keep on this PC. */
export interface Proposing {
  /** Path on the server; null until one is chosen. */
  readonly path: string | null;
  readonly proposal: FolderProposal | null;
  /** Why it can't be, or could not be added. */
  readonly error: ContractError | null;
  readonly busy: boolean;
  readonly choose: (path: string) => void;
  /** Asks the person where on this PC; what was proposed stays when they cancel. */
  readonly askWhere: () => void;
  /** Answers whether it is kept from now on. */
  readonly add: () => Promise<boolean>;
}

/** Asks main what it comes to when a folder is kept on this PC; of two questions the later one counts. */
export function useProposal(chosenFolders: AppBridge['chosenFolders']): Proposing {
  const [path, setPath] = useState<string | null>(null);
  const [proposal, setProposal] = useState<FolderProposal | null>(null);
  const [error, setError] = useState<ContractError | null>(null);
  const [busy, setBusy] = useState(false);
  const latest = useRef(0);
  const ask = async (wanted: string, where: 'suggested' | 'ask') => {
    latest.current += 1;
    const question = latest.current;
    setBusy(true);
    setError(null);
    const outcome = await chosenFolders.propose({ path: wanted, where });
    if (question !== latest.current) return;
    setBusy(false);
    if (!outcome.ok) setError(outcome.error);
    else if (outcome.value.proposal) setProposal(outcome.value.proposal);
  };
  const choose = (wanted: string) => {
    setPath(wanted);
    setProposal(null);
    void ask(wanted, 'suggested');
  };
  const add = async () => {
    if (!proposal) return false;
    setBusy(true);
    setError(null);
    const outcome = await chosenFolders.add({ proposalId: proposal.proposalId });
    setBusy(false);
    if (!outcome.ok) setError(outcome.error);
    return outcome.ok;
  };
  return { path, proposal, error, busy, choose, askWhere: () => path && void ask(path, 'ask'), add };
}
