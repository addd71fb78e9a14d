/** The end of an exhaustive switch: TypeScript proves that nothing gets here. */
export function assertNever(value: never): never {
  throw new TypeError(`unforeseen: ${JSON.stringify(value)}`);
}
