import { assertNever } from '../model/assert-never.ts';
import type { PlanItem } from '../reconcile/plan-item.ts';
import { adopt } from './adopt.ts';
import type { Outcome, RunContext } from './context.ts';
import { createLocal } from './create-local.ts';
import { createRemote } from './create-remote.ts';
import { download } from './download.ts';
import { evict } from './evict.ts';
import { forget } from './forget.ts';
import { moveLocal } from './move-local.ts';
import { moveRemote } from './move-remote.ts';
import { removeLocal } from './remove-local.ts';
import { removeRemote } from './remove-remote.ts';
import { resolve } from './resolve.ts';
import { turnAway } from './turn-away.ts';
import { upload } from './upload.ts';

/** Hands an item to its executor. */
export function execute(item: PlanItem, context: RunContext): Promise<Outcome> {
  switch (item.action) {
    case 'createLocal':
      return createLocal(item, context);
    case 'createRemote':
      return createRemote(item, context);
    case 'moveLocal':
      return moveLocal(item, context);
    case 'moveRemote':
      return moveRemote(item, context);
    case 'download':
      return download(item, context);
    case 'upload':
      return upload(item, context);
    case 'resolve':
      return resolve(item, context);
    case 'adopt':
      return adopt(item, context);
    case 'removeLocal':
      return removeLocal(item, context);
    case 'removeRemote':
      return removeRemote(item, context);
    case 'evict':
      return evict(item, context);
    case 'turnAway':
      return turnAway(item, context);
    case 'forget':
      return forget(item, context);
    default:
      return assertNever(item);
  }
}
