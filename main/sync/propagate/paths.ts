import {
  joinRemote,
  joinSync,
  type LocalName,
  type LocalPath,
  localName,
  type NameKey,
  nameKey,
  type RemoteName,
  type RemotePath,
  remoteName,
  remoteRoot,
  type SyncPath,
} from '../model/paths.ts';
import {
  actual,
  goalPath,
  type MergeNode,
  type Place,
  seenLocal,
  seenRemote,
} from '../reconcile/merge-node.ts';
import type { RunContext } from './context.ts';

/** Where a node is on this disk at this moment, or where it is to be when it is not there yet. */
export function localPathOf(node: MergeNode, context: RunContext): LocalPath {
  return localPathAt(node, node.localAt ?? node.goal, context);
}

/** What the path of a node would be at another place. */
export function localPathAt(node: MergeNode, place: Place | undefined, context: RunContext): LocalPath {
  if (place === undefined) return context.root;
  const folder = localPathOf(actual(place.parent), context);
  return context.fileSystem.join(folder, localSpelling(node, place.name));
}

/** The folder that holds a node, or shall hold it. */
export function localFolderOf(node: MergeNode, context: RunContext): LocalPath {
  const place = node.localAt ?? node.goal;
  return place === undefined ? context.root : localPathOf(actual(place.parent), context);
}

/** Where a node is on the server at this moment, or where it is to be when it is not there yet. */
export function remotePathOf(node: MergeNode): RemotePath {
  return remotePathAt(node, node.remoteAt ?? node.goal);
}

/** What the path of a node on the server would be at another place. */
export function remotePathAt(node: MergeNode, place: Place | undefined): RemotePath {
  if (place === undefined) return remoteRoot;
  return joinRemote(remotePathOf(actual(place.parent)), remoteSpelling(node, place.name));
}

/** A name as this disk spells it: its own spelling if it has one, else the server's. */
export function localSpelling(node: MergeNode, key: NameKey): LocalName {
  const candidates = [
    seenLocal(node)?.spelled,
    node.row?.localName,
    seenRemote(node)?.spelled,
    node.row?.remoteName,
  ];
  return localName(candidates.find((spelled) => spelled !== undefined && nameKey(spelled) === key) ?? key);
}

/** A name as the server spells it; new names go there in NFC. */
export function remoteSpelling(node: MergeNode, key: NameKey): RemoteName {
  const candidates = [seenRemote(node)?.spelled, node.row?.remoteName];
  return remoteName(candidates.find((spelled) => spelled !== undefined && nameKey(spelled) === key) ?? key);
}

/** The path that a node had before it was set aside under its goal. */
export function originalPath(node: MergeNode): SyncPath {
  const place = node.goal;
  if (place === undefined || node.asideFrom === undefined) return goalPath(node);
  return joinSync(goalPath(actual(place.parent)), node.asideFrom);
}
