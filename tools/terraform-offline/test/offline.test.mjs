import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, test } from 'vitest';
import { count, everyType } from './support/every-type.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'tfo-test-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const tool = fileURLToPath(new URL('../run', import.meta.url));
const runIn = (cwd, ...args) => {
  const r = spawnSync(tool, args, { encoding: 'utf8', cwd });
  return { code: r.status, out: r.stdout, err: r.stderr, all: (r.stdout + r.stderr).replace(/\s+/g, ' ') };
};
const run = (...args) => runIn(scratch, ...args);
const ok = (...args) => {
  const r = run(...args);
  assert.equal(r.code, 0, r.all.slice(-1500));
  return r;
};
const fixture = (name) => {
  const dir = join(scratch, name);
  cpSync(fileURLToPath(new URL('fixture', import.meta.url)), dir, { recursive: true });
  return dir;
};
const missing = spawnSync('terraform', ['version']).status !== 0;
const title = missing
  ? 'terraform without AWS (skipped: there is no terraform on this machine; install Terraform 1.9 or later)'
  : 'terraform without AWS';
let n = 0;
const provider = 'provider "aws" {\n region = "us-east-1"\n}\n';
/** A folder with one configuration: `body` with the provider requirement before it. */
const config = (body) => {
  const dir = join(scratch, `c${n++}`);
  mkdirSync(dir);
  writeFileSync(
    join(dir, 'main.tf'),
    `terraform {\n required_providers {\n aws = {\n source = "hashicorp/aws"\n }\n }\n}\n${body}\n`,
  );
  return dir;
};
const alarm = (rest) =>
  config(
    `resource "aws_cloudwatch_metric_alarm" "a" {\n alarm_name = "a"\n comparison_operator = "GreaterThanThreshold"\n evaluation_periods = 1\n${rest}\n}`,
  );
const plain = 'metric_name = "m"\nnamespace = "n"\nperiod = 60\nstatistic = "Sum"\nthreshold = 1\n';
const resource = (type, body) => config(`resource "${type}" "x" {\n${body}\n}`);
const refused = (dir, message, command = 'validate') => {
  const r = run(command, dir);
  assert.notEqual(r.code, 0, `${message} was accepted`);
  assert.match(r.all, message);
};

describe.skipIf(missing)(title, { timeout: 60_000 }, () => {
  test('a module is validated, planned, applied, found unchanged, and destroyed', () => {
    const dir = fixture('life');
    ok('validate', dir);
    assert.match(ok('apply', dir).out, /5 added, 0 changed, 0 destroyed/);
    assert.match(ok('plan', dir).out, /No changes/);
    assert.match(ok('exec', dir, '--', 'state', 'list').out, /module\.alarms\.aws_sns_topic\.this/);
    assert.match(ok('destroy', dir).out, /5 destroyed/);
  });

  test('every resource type of the schema is applied, found unchanged, and destroyed', () => {
    const dir = config(`${provider}${everyType()}`);
    assert.match(ok('apply', dir).out, new RegExp(`${count} added`));
    assert.match(ok('plan', dir).out, /No changes/);
    assert.match(ok('destroy', dir).out, new RegExp(`${count} destroyed`));
  });

  test('plan-json prints every planned resource over all modules, with default tags and defaults, and leaves the folder alone', () => {
    const dir = fixture('plan'),
      before = readdirSync(dir);
    const planned = JSON.parse(ok('plan-json', dir, '-var', 'functions=["api-handler"]').out);
    assert.deepEqual(planned.map((r) => r.address).sort(), [
      'aws_cloudwatch_dashboard.overview',
      'aws_cloudwatch_metric_alarm.error_rate["api-handler"]',
      'aws_sns_topic_policy.alarms',
      'module.alarms.aws_sns_topic.this',
    ]);
    const a = planned.find((r) => r.index === 'api-handler').values;
    assert.deepEqual(a.metric_query.map((q) => q.return_data).sort(), [false, false, true]);
    assert.equal(a.treat_missing_data, 'missing');
    assert.deepEqual(a.tags_all, { Project: 'VoiceCampaign' });
    assert.deepEqual(readdirSync(dir), before);
  });

  test('plan-json of a refused configuration fails and prints nothing on stdout', () => {
    const r = run('plan-json', alarm('evaluation_periods = "x"'));
    assert.notEqual(r.code, 0);
    assert.equal(r.out, '');
  });

  test('a variable file is found from the current folder', () => {
    const dir = fixture('vars');
    writeFileSync(join(scratch, 'one.tfvars'), 'functions = ["one"]\n');
    const r = runIn(scratch, 'plan-json', dir, '-var-file=one.tfvars');
    assert.match(r.out, /error_rate\[\\"one\\"\]/, r.all);
  });

  test('terraform test runs its plan and apply blocks', () =>
    assert.match(ok('test', fixture('test')).out, /2 passed, 0 failed/));

  test('a failing assertion fails terraform test', () => {
    const dir = fixture('failing'),
      file = join(dir, 'tests/alarms.tftest.hcl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('== 2', '== 3'));
    const r = run('test', dir);
    assert.notEqual(r.code, 0);
    assert.match(r.all, /expected an alarm for each function/);
  });

  test('two provider blocks keep their own region and default tags', () => {
    const dir =
      config(`${provider}provider "aws" {\n alias = "eu"\n region = "eu-west-1"\n default_tags {\n tags = { where = "eu" }\n }\n}
    data "aws_region" "eu" {\n provider = aws.eu\n}\nresource "aws_sns_topic" "us" {\n name = "us"\n tags = { own = "1" }\n}
    resource "aws_sns_topic" "eu" {\n provider = aws.eu\n name = "eu"\n tags = { own = "2" }\n}
    output "all" {\n value = [aws_sns_topic.us.arn, aws_sns_topic.us.tags_all, aws_sns_topic.eu.arn, aws_sns_topic.eu.tags_all, data.aws_region.eu.region]\n}`);
    ok('apply', dir);
    assert.deepEqual(JSON.parse(ok('exec', dir, '--', 'output', '-json', 'all').out), [
      'arn:aws:sns:us-east-1:123456789012:us',
      { own: '1' },
      'arn:aws:sns:eu-west-1:123456789012:eu',
      { own: '2', where: 'eu' },
      'eu-west-1',
    ]);
  });

  test('a module with a remote backend and a source beside it runs on a local state', () => {
    const dir = config(
      `terraform {\n backend "s3" {\n bucket = "b"\n key = "k"\n region = "us-east-1"\n }\n}\nmodule "t" {\n source = "../beside/modules/topic"\n name = "t"\n}`,
    );
    fixture('beside');
    assert.match(ok('apply', dir).out, /1 added/);
    assert.ok(existsSync(join(dir, 'terraform.tfstate')));
    assert.deepEqual(readdirSync(dir).sort(), ['main.tf', 'terraform.tfstate']);
    assert.match(ok('plan', dir).out, /No changes/);
  });

  test('count and for_each over modules', () => {
    fixture('each');
    const dir = config(
      'module "c" {\n count = 2\n source = "../each/modules/topic"\n name = "c${count.index}"\n}\nmodule "f" {\n for_each = toset(["a", "b"])\n source = "../each/modules/topic"\n name = each.key\n}',
    );
    assert.deepEqual(
      JSON.parse(ok('plan-json', dir).out).map((r) => r.address),
      [
        'module.c[0].aws_sns_topic.this',
        'module.c[1].aws_sns_topic.this',
        'module.f["a"].aws_sns_topic.this',
        'module.f["b"].aws_sns_topic.this',
      ],
    );
  });

  test('a changed name replaces, a changed threshold updates in place', () => {
    const dir = alarm(plain),
      file = join(dir, 'main.tf');
    const write = (from, to) => writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
    ok('apply', dir);
    write('threshold = 1', 'threshold = 0.1');
    assert.match(ok('plan', dir).out, /0 to add, 1 to change, 0 to destroy/);
    assert.equal(JSON.parse(ok('plan-json', dir).out)[0].values.threshold, 0.1);
    write('alarm_name = "a"', 'alarm_name = "b"');
    assert.match(ok('plan', dir).out, /1 to add, 0 to change, 1 to destroy/);
  });

  test('an existing resource can be imported, by name and by ARN', () => {
    const dir = config(
      'import {\n to = aws_cloudwatch_log_group.g\n id = "/aws/lambda/x"\n}\nresource "aws_cloudwatch_log_group" "g" {\n name = "/aws/lambda/x"\n retention_in_days = 30\n}\nimport {\n to = aws_sns_topic.t\n id = "arn:aws:sns:us-east-1:123456789012:t"\n}\nresource "aws_sns_topic" "t" {\n name = "t"\n}',
    );
    assert.match(ok('plan', dir).out, /2 to import, 0 to add, 1 to change, 0 to destroy/);
  });

  test('a policy document is rendered as the provider renders it', () => {
    const dir =
      config(`${provider}data "aws_iam_policy_document" "base" {\n statement {\n sid = "One"\n actions = ["s3:Get*"]\n resources = ["*"]\n }\n}
    data "aws_iam_policy_document" "d" {\n source_policy_documents = [data.aws_iam_policy_document.base.json]\n statement {\n effect = "Deny"\n actions = ["a:A", "b:B"]\n resources = ["*"]
    principals {\n type = "AWS"\n identifiers = ["1", "2"]\n }\n condition {\n test = "Bool"\n variable = "aws:SecureTransport"\n values = ["false"]\n }\n }\n}
    output "d" {\n value = jsondecode(data.aws_iam_policy_document.d.json)\n}`);
    ok('apply', dir);
    assert.deepEqual(JSON.parse(ok('exec', dir, '--', 'output', '-json', 'd').out), {
      Version: '2012-10-17',
      Statement: [
        { Sid: 'One', Effect: 'Allow', Action: 's3:Get*', Resource: '*' },
        {
          Effect: 'Deny',
          Principal: { AWS: ['2', '1'] },
          Action: ['b:B', 'a:A'],
          Resource: '*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    });
  });

  test('names, types, required arguments and blocks that the schema refuses are refused', () => {
    refused(alarm(`${plain} treshold = 1`), /"treshold" is not expected here/);
    refused(resource('aws_cloudwatch_metric_alarm', 'alarm_name = "a"'), /"comparison_operator" is required/);
    refused(alarm(`threshold = "high"\n${plain.replace('threshold = 1', '')}`), /a number is required/);
    refused(alarm('metric_query {\n expression = "1"\n}'), /"id" is required/);
    refused(
      alarm(
        'metric_query {\n id = "a"\n metric {\n metric_name = "m"\n period = 60\n stat = "Sum"\n }\n metric {\n metric_name = "m"\n period = 60\n stat = "Sum"\n }\n}',
      ),
      /Too many metric blocks/,
    );
    refused(alarm(`${plain} arn = "x"`), /Can't configure a value for "arn": its value will be decided automatically/);
    refused(
      resource('aws_cloudwatch_log_metric_filter', 'name = "f"\nlog_group_name = "g"\npattern = "x"'),
      /At least 1 "metric_transformation" blocks are required/,
    );
    refused(
      resource(
        'aws_xray_group',
        'group_name = "g"\nfilter_expression = "fault"\ninsights_configuration {\n insights_enabled = true\n }\n insights_configuration {\n insights_enabled = true\n }',
      ),
      /Too many insights_configuration blocks/,
    );
    refused(resource('aws_no_such_thing', ''), /Invalid resource type/);
  });

  test('values that the provider refuses are refused at the same stage', () => {
    refused(alarm(`${plain} treat_missing_data = "zero"`), /expected treat_missing_data to be one of/);
    refused(alarm(plain.replace('"Sum"', '"p99"')), /expected statistic to be one of/);
    refused(
      alarm(plain.replace('period = 60', 'period = 45')),
      /expected period to be one of \[10 20 30\], got 45.*divisible by 60/,
    );
    refused(alarm(`${plain}\nmetric_query {\n id = "a"\n}`), /conflicts with metric_query/);
    refused(alarm(`${plain} alarm_actions = ["topic"]`), /is an invalid ARN/);
    refused(
      resource(
        'aws_xray_group',
        'group_name = "voice-campaign-production-campaign-execution"\nfilter_expression = "fault"',
      ),
      /in the range \(1 - 32\)/,
    );
    refused(resource('aws_cloudwatch_dashboard', 'dashboard_name = "d"\ndashboard_body = "{"'), /invalid JSON/);
    refused(
      resource('aws_cloudwatch_log_group', 'name = "g"\nretention_in_days = 31'),
      /expected retention_in_days to be one of/,
    );
    refused(
      resource('aws_cloudwatch_event_rule', 'name = "r"'),
      /one of `event_pattern,schedule_expression` must be specified/,
    );
    refused(
      alarm(plain.replace('statistic = "Sum"', '')),
      /One of `statistic` or `extended_statistic` must be set/,
      'plan',
    );
    refused(resource('aws_sqs_queue', 'name = "q.fifo"'), /invalid queue name/, 'plan');
    refused(
      resource('aws_sns_topic', 'name = "t"\ncontent_based_deduplication = true'),
      /can only be set for FIFO topics/,
      'plan',
    );
    refused(alarm('threshold = 1'), /MetricName or Metrics must be specified/, 'apply');
    refused(
      alarm('threshold = 1\nmetric_query {\n id = "a"\n expression = "1"\n}'),
      /Exactly one element of the metrics list should return data/,
      'apply',
    );
  });

  test('an anomaly alarm returns the data of its metric and of its band', () => {
    const band = (returned) =>
      alarm(
        `threshold_metric_id = "band"\nmetric_query {\n id = "band"\n expression = "ANOMALY_DETECTION_BAND(m)"\n return_data = true\n}\nmetric_query {\n id = "m"\n return_data = ${returned}\n metric {\n metric_name = "m"\n namespace = "n"\n period = 60\n stat = "Sum"\n }\n}`,
      );
    assert.match(ok('apply', band(true)).out, /1 added/);
    refused(band(false), /Exactly one element of the metrics list should return data/, 'apply');
  });

  test('the server and its files are gone after a signal', async () => {
    const child = spawn(tool, ['serve'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise((r) => child.stdout.once('data', (d) => r(d.toString())));
    const socket = JSON.parse(line.match(/'(.*)'/)[1])['hashicorp/aws'].Addr.String;
    assert.ok(existsSync(socket));
    child.kill('SIGTERM');
    await new Promise((r) => child.once('close', r));
    assert.ok(!existsSync(dirname(socket)));
  });
});
