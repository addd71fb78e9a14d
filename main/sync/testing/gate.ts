/**
 * Where a test steps between the engine and the world: called before each operation, and between the steps of
 * one that has several. It may let time pass, let people act, fail, or end the world (a crash). At an operation
 * whose name ends in `-middle` it may only end the world: on a real disk nobody gets between those steps.
 */
export type Gate = (operation: string, detail: string) => Promise<void>;

/** Lets everything through. */
export const openGate: Gate = () => Promise.resolve();
