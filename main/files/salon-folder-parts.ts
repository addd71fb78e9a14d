import type { FilesOverview } from '../../preload/contract/files.ts';
import type { LowRoom } from '../../preload/contract/folder-sizes.ts';
import type { FilesAccess } from '../accounts/accounts.ts';
import type { Http } from '../http/http.ts';
import type { Log } from '../log/log.ts';
import type { Kept } from '../store/kept.ts';
import type { ClientCertificate } from '../sync/api.ts';
import type { Conditions } from './conditions.ts';
import type { Engine } from './engine.ts';
import type { FilesState } from './files-state.ts';
import type { Notices } from './notices.ts';
import type { PairConfig } from './protocol.ts';

/** What the salons' folders work with. */
export interface SalonFolderParts {
  readonly engine: Engine;
  readonly conditions: Omit<Conditions, 'close'>;
  readonly http: Http;
  /** Null when nobody is signed in to the files. */
  readonly access: () => FilesAccess | null;
  /** The file server refused the session: it must be renewed. */
  readonly onRefused: () => void;
  readonly state: Kept<FilesState>;
  readonly notices: Notices;
  /** Folder of the engine's journals. */
  readonly journals: string;
  readonly suggestedPlace: () => string;
  /** Whether folders may be added that are no salon's. */
  readonly mayAdd: () => boolean;
  /** What all folders may take on this PC, in bytes; null for no limit. */
  readonly spaceLimit: () => number | null;
  /** What a person is to be told of the room on this PC. */
  readonly lowRoom: () => LowRoom | null;
  /** What the file server is shown when it asks for a certificate; null for none. */
  readonly certificate: () => ClientCertificate | null;
  /** Words in the name of a conflict copy, and what is left out of all folders. */
  readonly pairOptions: () => Omit<PairConfig['options'], 'unwanted'>;
  /** Whether the organisation lets the folder of a salon of that name come to this PC before a person chose. */
  readonly comesAtFirst: (salonName: string) => boolean;
  readonly tellOverview: (overview: FilesOverview) => void;
  readonly tellEntries: (salonIds: string[]) => void;
  readonly log: Log;
}
