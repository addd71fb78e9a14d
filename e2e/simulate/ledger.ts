/**
 * Every content that a person ever wrote. One is owed until a person who saw it overwrites or removes it; as
 * long as it is owed it must be somewhere.
 */
export class Ledger {
  readonly #owed = new Set<string>();
  readonly #written = new Set<string>();
  #count = 0;

  /** A content that no one wrote before, `length` bytes long or a little more. */
  create(length: number): Uint8Array {
    this.#count += 1;
    const text = `<${String(this.#count).padStart(6, '0')}>`;
    return this.#write(text.padEnd(length, '.'));
  }

  /** A text that no one wrote before, after lines that say something. */
  createAfter(lines: string): Uint8Array {
    this.#count += 1;
    return this.#write(`${lines}\n# ${this.#count}\n`);
  }

  /** Another content of exactly the same length. */
  createLike(content: Uint8Array): Uint8Array {
    return this.create(content.length);
  }

  /** Someone who saw it did away with it. */
  excuse(content: Uint8Array): void {
    this.#owed.delete(textOf(content));
  }

  /** Whether anybody ever wrote that. */
  knows(content: string): boolean {
    return this.#written.has(content);
  }

  owed(): ReadonlySet<string> {
    return this.#owed;
  }

  #write(text: string): Uint8Array {
    const content = Buffer.from(text);
    this.#owed.add(textOf(content));
    this.#written.add(textOf(content));
    return content;
  }
}

/** A content as it is compared. */
export function textOf(content: Uint8Array): string {
  return Buffer.from(content).toString('latin1');
}
