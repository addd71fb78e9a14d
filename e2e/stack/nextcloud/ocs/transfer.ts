import { createHash } from 'node:crypto';
import type { Standin } from '../standin.ts';
import type { Row } from '../store/database.ts';
import { freeName } from '../store/trash.ts';
import type { OcsData } from './ocs-reply.ts';
import { OcsError } from './ocs-reply.ts';
import type { OcsRequest } from './ocs-request.ts';

interface Transfer {
  readonly id: number;
  readonly node: number;
  readonly sender: string;
  readonly recipient: string;
  readonly name: string;
  /** Milliseconds. */
  readonly created: number;
}

/** POST transferownership: asks the recipient (09/79 to 09/82). */
export function requestTransfer({ standin, caller, fields }: OcsRequest): OcsData {
  const { uid } = caller.account;
  const recipient = standin.accounts.get(fields.get('recipient') ?? '');
  const names = (fields.get('path') ?? '').split('/').filter((name) => name !== '');
  const lookup = standin.view.find(standin.view.home(uid), names);
  if (!recipient || names.length === 0 || !('place' in lookup)) throw new OcsError(400, null);
  standin.db.run(
    'INSERT INTO transfers(node, sender, recipient, name, created) VALUES(?,?,?,?,?)',
    lookup.place.node.id,
    uid,
    recipient.uid,
    lookup.place.node.name,
    Math.floor(standin.clock()),
  );
  return [];
}

/**
 * POST transferownership/{id}: only the recipient may accept (09/84 to 09/86). The real server moves the files in
 * a background job; see `carryOutTransfer`.
 */
export function acceptTransfer(request: OcsRequest): OcsData {
  const transfer = requireOwnTransfer(request);
  request.standin.db.run(
    'UPDATE transfers SET recipient=? WHERE id=?',
    `accepted:${transfer.recipient}`,
    transfer.id,
  );
  return [];
}

/** DELETE transferownership/{id}: declines (09/88). */
export function declineTransfer(request: OcsRequest): OcsData {
  const transfer = requireOwnTransfer(request);
  request.standin.db.run('DELETE FROM transfers WHERE id=?', transfer.id);
  return [];
}

/** Carries out what was accepted, as the server's background job does: ids stay, the folder changes hands (15). */
export function carryOutTransfers(standin: Standin): number {
  const accepted = standin.db
    .all("SELECT * FROM transfers WHERE recipient LIKE 'accepted:%'")
    .map(transferFromRow);
  for (const transfer of accepted) {
    const node = standin.tree.byId(transfer.node);
    standin.db.run('DELETE FROM transfers WHERE id=?', transfer.id);
    if (!node) continue;
    const home = standin.tree.root(transfer.recipient.slice('accepted:'.length), 'files');
    const sender = standin.accounts.get(transfer.sender)?.displayName ?? transfer.sender;
    const moment = new Date(standin.clock())
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ')
      .replaceAll(':', '-');
    const folder = standin.operations.makeFolder(
      home,
      freeName(home, `transferred from ${sender} on ${moment}`, '2'),
    );
    standin.operations.move(node, folder, node.name);
  }
  standin.shares.invalidate();
  return accepted.length;
}

/** GET notifications: the transfers that wait for an answer (09/83). */
export function listNotifications({ standin, exchange, caller }: OcsRequest): OcsData {
  const waiting = standin.db
    .all('SELECT * FROM transfers WHERE recipient=? ORDER BY id', caller.account.uid)
    .map((row) => notificationOf(standin, exchange.origin, transferFromRow(row)));
  const etag = createHash('md5').update(JSON.stringify(waiting)).digest('hex');
  exchange.response.setHeader('ETag', `"${etag}"`);
  return waiting;
}

function notificationOf(standin: Standin, origin: string, transfer: Transfer): OcsData {
  const { id, sender, recipient, name } = transfer;
  const senderName = standin.accounts.get(sender)?.displayName ?? sender;
  const link = `${origin}/ocs/v2.php/apps/files/api/v1/transferownership/${id}`;
  const note = '\n\nNote: The transfer process after accepting may take up to 1 hour.';
  return {
    notification_id: id,
    app: 'files',
    user: recipient,
    datetime: new Date(transfer.created).toISOString().replace(/\.\d+Z$/, '+00:00'),
    object_type: 'transfer',
    object_id: String(id),
    subject: `Incoming ownership transfer from ${senderName}`,
    message: `Do you want to accept ${name}?${note}`,
    link: '',
    subjectRich: 'Incoming ownership transfer from {user}',
    subjectRichParameters: { user: { type: 'user', id: sender, name: senderName } },
    messageRich: `Do you want to accept {path}?${note}`,
    messageRichParameters: { path: { type: 'highlight', id: `${recipient}::${name}`, name } },
    icon: '',
    actions: [
      { label: 'Accept', link, type: 'POST', primary: true },
      { label: 'Reject', link, type: 'DELETE', primary: false },
    ],
  };
}

function requireOwnTransfer({ standin, caller, params }: OcsRequest): Transfer {
  const row = standin.db.get('SELECT * FROM transfers WHERE id=?', Number(params[0]));
  const transfer = row && transferFromRow(row);
  if (!transfer || transfer.recipient.startsWith('accepted:')) throw new OcsError(404, null);
  if (transfer.recipient !== caller.account.uid) throw new OcsError(403, null);
  return transfer;
}

function transferFromRow(row: Row): Transfer {
  return {
    id: row.int('id'),
    node: row.int('node'),
    sender: row.text('sender'),
    recipient: row.text('recipient'),
    name: row.text('name'),
    created: row.int('created'),
  };
}
