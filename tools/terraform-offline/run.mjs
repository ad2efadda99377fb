// Runs the real terraform with the stub provider attached.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { reattach, serve } from './provider.mjs';
import { workspace } from './workspace.mjs';

const [command, dir, ...given] = process.argv.slice(2);
const usage =
  'usage: run validate|plan|plan-json|apply|destroy|test DIR [terraform arguments] | run exec DIR -- ARGUMENTS | run serve';
const fail = (code, message) => {
  process.stderr.write(`${message}\n`);
  process.exit(code);
};

// A variable file is named from where the command was given, though terraform itself runs in DIR.
const rest = given.map((arg, i) => {
  const [, flag, file] =
    arg.match(/^(--?var-file=)(.+)$/s) ?? (/^--?var-file$/.test(given[i - 1]) ? [arg, '', arg] : []);
  return file && existsSync(file) ? flag + resolve(file) : arg;
});

const flags = ['-no-color', '-input=false'];
const commands = {
  validate: async () => (await terraform(['validate', '-no-color', ...rest])).code,
  plan: async () => (await terraform(['plan', ...flags, ...rest])).code,
  'plan-json': planJson,
  apply: async () => (await terraform(['apply', ...flags, '-auto-approve', ...rest])).code,
  destroy: async () => (await terraform(['destroy', ...flags, '-auto-approve', ...rest])).code,
  test: async () => (await terraform(['test', '-no-color', ...rest])).code,
  exec: async () => (await terraform(rest[0] === '--' ? rest.slice(1) : rest)).code,
};
if (command !== 'serve') {
  if (!Object.hasOwn(commands, command ?? '') || !dir) fail(2, usage);
  if (!existsSync(dir) || !statSync(dir).isDirectory()) fail(2, `${dir} is not a folder`);
}

const scratch = mkdtempSync(join(tmpdir(), 'tfo-')),
  socket = join(scratch, 'p.sock');
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
let child = null;
// A signal goes on to terraform, which finishes writing its state; without a child there is nothing to wait for.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.on(signal, () => {
    if (child) child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
    else process.exit(code);
    process.exitCode = code;
  });
}

writeFileSync(join(scratch, 'terraformrc'), '');
const env = {
  ...process.env,
  TF_REATTACH_PROVIDERS: reattach(socket),
  TF_CLI_CONFIG_FILE: join(scratch, 'terraformrc'),
  TF_DATA_DIR: join(scratch, 'data'),
  TF_IN_AUTOMATION: '1',
  CHECKPOINT_DISABLE: '1',
};

/** Runs terraform in DIR; stdout goes to stdout, to stderr, or is returned. */
function terraform(args, stdout = 'inherit') {
  return new Promise((done, reject) => {
    child = spawn('terraform', [`-chdir=${root}`, ...args], {
      env,
      stdio: ['ignore', stdout === 'stderr' ? 2 : stdout, 'inherit'],
    });
    const chunks = [];
    child.stdout?.on('data', (c) => chunks.push(c));
    child.on('error', (e) =>
      reject(e.code === 'ENOENT' ? new Error('terraform is not on the PATH: install Terraform 1.9 or later') : e),
    );
    child.on('close', (code, signal) => {
      child = null;
      done({ code: signal ? 1 : code, text: Buffer.concat(chunks).toString() });
    });
  });
}

/** Planned resources of a plan, over all modules: [{address, type, name, index?, values}]. */
function planned(json) {
  const pick = ({ address, type, name, index, values }) => ({
    address,
    type,
    name,
    ...(index === undefined ? {} : { index }),
    values,
  });
  const walk = (m) => [
    ...(m.resources ?? []).filter((r) => r.mode === 'managed').map(pick),
    ...(m.child_modules ?? []).flatMap(walk),
  ];
  return walk(JSON.parse(json).planned_values.root_module ?? {});
}

async function planJson() {
  const file = join(scratch, 'plan');
  const plan = await terraform(['plan', ...flags, '-lock=false', `-out=${file}`, ...rest], 'stderr');
  if (plan.code === 1 || !existsSync(file)) return plan.code || 1;
  const show = await terraform(['show', '-json', file], 'pipe');
  if (show.code === 0) process.stdout.write(`${JSON.stringify(planned(show.text))}\n`);
  return show.code;
}

/** terraform init, silent unless it fails. */
async function init() {
  const local = root !== resolve(dir); // the overridden backend has to be set up, any other is left alone
  const r = await terraform(['init', ...flags, ...(local ? [] : ['-backend=false'])], 'pipe');
  if (r.code !== 0) process.stderr.write(r.text);
  return r.code;
}

const root = dir && workspace(resolve(dir), scratch);
const stop = await serve(socket);
if (command === 'serve') process.stdout.write(`export TF_REATTACH_PROVIDERS='${reattach(socket)}'\n`);
else {
  try {
    const code = (await init()) || (process.exitCode ?? (await commands[command]()));
    process.exitCode ??= code;
  } catch (e) {
    fail(1, e.message);
  }
  stop();
}
