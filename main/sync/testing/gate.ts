/**
 * Where a test steps between the engine and the world: called before each operation. It may let time pass, let
 * people act, fail, or end the world (a crash).
 */
export type Gate = (operation: string, detail: string) => Promise<void>;

/** Lets everything through. */
export const openGate: Gate = () => Promise.resolve();
