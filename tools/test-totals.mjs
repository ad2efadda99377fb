// Reads vitest's JSON report. With --counts: prints "passed failed". Else: fails if a test was skipped for another
// reason than that it describes another generation of Node or of the runtime, or that Powertools for Python is not there.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
if (process.argv.includes('--counts')) {
  process.stdout.write(`${report.numPassedTests} ${report.numFailedTests}\n`);
} else {
  const skipped = report.testResults
    .flatMap((file) => file.assertionResults)
    .filter((test) => test.status === 'pending' || test.status === 'skipped' || test.status === 'todo')
    .map((test) => test.fullName);
  const unexpected = skipped.filter(
    (name) => !/Node \d+|generation|RIC \d|aws-lambda-powertools\[tracer\]/i.test(name),
  );
  for (const name of unexpected) process.stdout.write(`skipped: ${name}\n`);
  process.exit(unexpected.length > 0 || report.numTotalTests === 0 ? 1 : 0);
}
