import { randomUUID } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import type { ReportBundle } from '../../preload/contract/diagnostics.ts';
import { AppError } from '../contract/app-error.ts';
import { redact } from '../log/redact.ts';
import { withoutFileNames } from './without-names.ts';

/** A file of a report before anything was taken out of it. */
export interface RawFile {
  /** Letters, digits, `-`, `.` and `/`. */
  readonly name: string;
  readonly text: string;
}

/** What reports are made from. */
export interface ReportParts {
  readonly collect: () => Promise<readonly RawFile[]>;
  readonly mayExport: () => boolean;
  /** Saves bytes where the person says; false when they cancelled. */
  readonly save: (suggestedName: string, bytes: Uint8Array) => Promise<boolean>;
  readonly now: () => Date;
}

/** What a page of a preview holds; characters. */
const PAGE_CHARS = 50_000;

interface Prepared {
  readonly bundleId: string;
  readonly files: readonly RawFile[];
}

/** Reports for those who help: put together, shown, and saved exactly as they were shown. One at a time. */
export class Reports {
  readonly #parts: ReportParts;
  #prepared: Prepared | null = null;

  constructor(parts: ReportParts) {
    this.#parts = parts;
  }

  /** Puts one together without secrets, and without names of files unless they are wanted. */
  async prepare(withFileNames: boolean): Promise<ReportBundle> {
    this.#check();
    const raw = await this.#parts.collect();
    const files = raw.map(({ name, text }) => ({ name, text: cleaned(text, withFileNames) }));
    const bundleId = randomUUID();
    this.#prepared = { bundleId, files };
    return {
      bundleId,
      files: files.map(({ name, text }) => ({
        name,
        bytes: Buffer.byteLength(text),
        pages: Math.max(1, Math.ceil(text.length / PAGE_CHARS)),
      })),
    };
  }

  /** A page of one of its files. Throws `not-found.file` for what is not in the one at hand. */
  read(bundleId: string, name: string, page: number): string {
    const file = this.#at(bundleId).files.find((each) => each.name === name);
    if (!file) throw new AppError('not-found.file');
    return file.text.slice(page * PAGE_CHARS, (page + 1) * PAGE_CHARS);
  }

  /** Saves it as a zip; false when the person cancelled. */
  async save(bundleId: string): Promise<boolean> {
    this.#check();
    const { files } = this.#at(bundleId);
    const now = this.#parts.now();
    const content = Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)]));
    const day = now.toISOString().slice(0, 16).replaceAll(/[T:]/g, '-');
    return this.#parts.save(`diagnostic-${day}.zip`, zipSync(content, { mtime: now }));
  }

  #at(bundleId: string): Prepared {
    if (this.#prepared?.bundleId !== bundleId) throw new AppError('not-found.file');
    return this.#prepared;
  }

  #check(): void {
    if (!this.#parts.mayExport())
      throw new AppError('forbidden.setting', { setting: 'mayExportDiagnostics' });
  }
}

/** Lines of the log were cleaned as they were written; what is asked for since then is taken out of the older ones too. */
function cleaned(text: string, withFileNames: boolean): string {
  const clean = text.split('\n').map(redact).join('\n');
  return withFileNames ? clean : withoutFileNames(clean);
}
