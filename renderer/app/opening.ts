import type { Opening } from '../../preload/contract/app.ts';
import type { Workspace } from '../salons/stores/workspace.ts';
import { callOrJoin } from './commands/call-or-join.ts';
import { allCommands, MENU_COMMANDS, perform } from './commands/index.ts';

/**
 * Opens what the system asks for, now and whenever something waits, until it is stopped. A salon waits until the list
 * knows it, or is known not to.
 * @returns the way to stop
 */
export function followOpenings(workspace: Workspace): () => void {
  const { app } = workspace.bridge;
  let stopWaiting = (): void => undefined;
  let isOver = false;
  const take = async (): Promise<void> => {
    const taken = await app.takeOpening();
    if (isOver || !taken.ok || !taken.value) return;
    stopWaiting();
    stopWaiting = follow(taken.value, workspace);
  };
  const stop = app.on('openingWaits', () => void take());
  void take();
  return () => {
    isOver = true;
    stop();
    stopWaiting();
  };
}

function follow(opening: Opening, workspace: Workspace): () => void {
  switch (opening.kind) {
    case 'refused':
      workspace.toasts.show('info', ({ t }) => t('app:link.refused'), 'link');
      return () => undefined;
    case 'command': {
      const command = allCommands(workspace).find(({ id }) => id === MENU_COMMANDS[opening.command]);
      if (command) perform(command, workspace);
      return () => undefined;
    }
    case 'salon':
    case 'call':
      return whenKnown(opening.salonId, workspace, (name) => {
        if (name === null) void offerAccountOf(opening, workspace);
        else openSalon(opening, name, workspace);
      });
    default:
      return opening satisfies never;
  }
}

/** Tells a salon's name as soon as the list has it, null when the list is whole without it. */
function whenKnown(salonId: string, { chat }: Workspace, tell: (name: string | null) => void): () => void {
  let stop = (): void => undefined;
  const look = (): boolean => {
    const list = chat.list.get();
    const salon = chat.salon(salonId);
    const isWhole = list?.connection === 'live' && list.total !== null && list.salons.length >= list.total;
    if (!salon && !isWhole) return false;
    stop();
    tell(salon?.name ?? null);
    return true;
  };
  if (!look()) stop = chat.list.subscribe(() => void look());
  return () => stop();
}

/** A salon that is not in this account: whose it may be, with the way there. */
async function offerAccountOf(opening: SalonOpening, { bridge, accounts, toasts }: Workspace): Promise<void> {
  const found = await bridge.accounts.ofSalon({ salonId: opening.salonId });
  if (!found.ok || !found.value) return toasts.show('info', ({ t }) => t('app:link.notYours'), 'link');
  const { id, name, user, server } = found.value;
  toasts.show('info', ({ t }) => t('app:link.otherAccount', { name: name ?? user, server }), 'link', {
    label: ({ t }) => t('app:link.showAccount'),
    act: () => void accounts.show(id, opening),
  });
}

type SalonOpening = Extract<Opening, { salonId: string }>;

function openSalon({ kind, salonId }: SalonOpening, salon: string, workspace: Workspace): void {
  workspace.navigation.openSalon(salonId);
  if (kind !== 'call') return;
  workspace.toasts.show('info', ({ t }) => t('app:link.call', { salon }), 'link', {
    label: ({ t }) => t('chat:call.join'),
    act: () => {
      workspace.navigation.openSalon(salonId);
      perform(callOrJoin, workspace);
    },
  });
}
