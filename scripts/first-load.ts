/** What of Vite's manifest this needs: https://vite.dev/guide/backend-integration */
export type Manifest = Readonly<
  Record<string, { readonly file: string; readonly imports?: readonly string[] }>
>;

/**
 * The scripts that a browser loads for the chunks `names`, with everything that they import at once.
 *
 * @throws Error if the manifest does not know one of them
 */
export function filesOfFirstLoad(manifest: Manifest, names: readonly string[]): string[] {
  const files = new Set<string>();
  function visit(name: string): void {
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`The built web app has no ${name}.`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const imported of chunk.imports ?? []) visit(imported);
  }
  for (const name of names) visit(name);
  return [...files].filter((file) => file.endsWith('.js'));
}
