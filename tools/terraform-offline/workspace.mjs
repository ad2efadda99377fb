// Where terraform runs. Usually in the module itself; a module that names a remote backend is seen through a folder of
// links beside which the backend is overridden with a local one, so that nothing in the module is written but its state.
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const backend = /^\s*(backend\s+"[^"]+"|cloud)\s*\{|"(backend|cloud)"\s*:/m;
const configuration = (name) => /\.tf(\.json)?$/.test(name);

/** Whether the files of a root module name a backend or HCP Terraform. */
const hasBackend = (dir) =>
  readdirSync(dir)
    .filter(configuration)
    .some((f) => backend.test(readFileSync(join(dir, f), 'utf8')));

/** Links to everything in `from`, made in `to`; what cannot be read is left out. */
function link(from, to, except) {
  let names = [];
  try {
    names = readdirSync(from);
  } catch {
    /* not ours to read */
  }
  for (const name of names) if (!except.includes(name)) symlinkSync(join(from, name), join(to, name));
}

/** The folder to run terraform in for the module in `dir` (absolute). Relative module sources (`../x`) keep working. */
export function workspace(dir, scratch) {
  if (!existsSync(dir) || !hasBackend(dir)) return dir;
  const seen = join(scratch, 'seen', dir);
  mkdirSync(seen, { recursive: true });
  for (let at = dir; dirname(at) !== at; at = dirname(at))
    link(dirname(at), dirname(join(scratch, 'seen', at)), [basename(at)]);
  const state = ['terraform.tfstate', 'terraform.tfstate.backup'];
  link(dir, seen, ['.terraform', ...state]);
  for (const file of state) symlinkSync(join(dir, file), join(seen, file));
  writeFileSync(join(seen, 'offline_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
  return seen;
}
