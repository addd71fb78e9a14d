import { z } from 'zod';
import { Settings } from '../../preload/contract/settings.ts';
import { SETTING_IDS, type SettingId, type SomeValues, settingOf } from '../policy/schema/table.ts';
import { understand } from '../policy/written.ts';

/** What has a field of its own in `brand.json`: one thing is said in one place. */
const ELSEWHERE: ReadonlySet<SettingId> = new Set([
  'conferenceDomains',
  'agentServers',
  'partnerUserNames',
  'fileUserName',
  'callLobby',
  'updateFeed',
]);

const IDS = SETTING_IDS.filter((id) => !Object.hasOwn(Settings.shape, id) && !ELSEWHERE.has(id));

/** What a brand decides of the settings that no person sets, written as in a policy file. */
export const BrandDecisions = z
  .strictObject(Object.fromEntries(IDS.map((id) => [id, settingOf(id).type.optional()])))
  .transform((written): SomeValues => understand(written, 'machine').values);
