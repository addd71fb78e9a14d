import type { BrandPack } from '../../main/brand/load.ts';
import type { Pressing } from './linux/deb.ts';
import type { Product } from './product.ts';
import type { Signing } from './signing.ts';
import type { BuiltProgram, Staged } from './stage.ts';
import type { System, Target } from './targets.ts';

/** What a packaging is asked for. */
export interface PackageOptions {
  readonly pack: BrandPack;
  readonly version: string;
  readonly targets: readonly Target[];
  readonly program: BuiltProgram;
  /** The folder whose node_modules the program was made with. */
  readonly root: string;
  /** The Electron to pack; `older` is one that stands in for it where it can't be had. */
  readonly electron: { readonly version: string; readonly dist?: string; readonly older: boolean };
  readonly signing: Signing;
  /** Refuses to make what nobody signs. */
  readonly release: boolean;
  readonly pressing: Pressing;
  /** Of everything inside: SOURCE_DATE_EPOCH, or the last commit's. */
  readonly date: Date;
  /** Where all goes: emptied before. */
  readonly output: string;
  readonly progress: (line: string) => void;
}

/** A packaging under way. */
export interface Job {
  readonly options: PackageOptions;
  readonly product: Product;
  /** The program with its brand, for one system; made once. */
  readonly staged: (system: System) => Promise<Staged>;
  readonly papers: readonly string[];
  readonly work: string;
}
