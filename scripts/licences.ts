// Writes docs/licences.md: what is installed with the program, and under which licence. Source: package-lock.json.
import { readFileSync, writeFileSync } from 'node:fs';

interface Lock {
  packages: Record<string, { version?: string; license?: string; dev?: boolean; devOptional?: boolean }>;
}

/** The text of docs/licences.md for a lockfile. */
export function licencesOf(lockfile: string): string {
  const { packages } = JSON.parse(lockfile) as Lock;
  const rows = Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { version = '', license = 'not told' }]) => ({
      name: path.replace(/^.*node_modules\//, ''),
      version,
      license,
    }))
    .toSorted((a, b) => (a.name === b.name ? a.version.localeCompare(b.version) : a.name < b.name ? -1 : 1));
  const unique = new Map(rows.map((row) => [`${row.name} ${row.version}`, row]));
  const lines = [...unique.values()].map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`);
  return `# Licences of what is installed with Borderwire\n\nWritten by \`npx tsx scripts/licences.ts\` from package-lock.json; a test holds it to that file.\n\n| package | version | licence |\n|---|---|---|\n${lines.join('\n')}\n`;
}

if (process.argv[1] === new URL(import.meta.url).pathname)
  writeFileSync(
    new URL('../docs/licences.md', import.meta.url),
    licencesOf(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')),
  );
