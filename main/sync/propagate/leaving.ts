import type { ObservedLocal } from '../model/observed-tree.ts';
import { type LocalPath, localName } from '../model/paths.ts';
import type { FileSystem } from '../ports/file-system.ts';
import { type MergeNode, seenLocal } from '../reconcile/merge-node.ts';
import type { RunContext } from './context.ts';
import { localPathOf } from './paths.ts';

/**
 * What a pass is to take away here into the trash. To see who has files open takes some ms, for one or many: it is
 * done once, for all of them, when the first is to go.
 */
export class Leaving {
  readonly #nodes: MergeNode[] = [];
  #inUse: Promise<ReadonlySet<MergeNode>> | undefined;

  /** Takes note of one, before the first goes. */
  expect(node: MergeNode): void {
    this.#nodes.push(node);
  }

  /** Those that a program has open for writing, or that hold such a file. */
  inUse(context: RunContext): Promise<ReadonlySet<MergeNode>> {
    this.#inUse ??= findInUse(this.#nodes, context);
    return this.#inUse;
  }
}

async function findInUse(nodes: readonly MergeNode[], context: RunContext): Promise<ReadonlySet<MergeNode>> {
  const { fileSystem } = context;
  const files = nodes.flatMap((node) => {
    const at = localPathOf(node, context);
    const seen = seenLocal(node);
    const paths = seen === undefined ? [at] : filesOf(seen, at, fileSystem);
    return paths.map((path) => ({ path, node }));
  });
  const open = await fileSystem.openForWriting(files.map(({ path }) => path));
  return new Set(files.filter(({ path }) => open.has(path)).map(({ node }) => node));
}

function filesOf(seen: ObservedLocal, at: LocalPath, fileSystem: FileSystem): readonly LocalPath[] {
  if (seen.entry.kind !== 'folder') return [at];
  return [...seen.children.values()].flatMap((child) =>
    filesOf(child, fileSystem.join(at, localName(child.spelled)), fileSystem),
  );
}
