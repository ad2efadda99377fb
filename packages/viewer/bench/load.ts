// Puts so many samples a second into an emulator, over its HTTP port, until it is ended.
const [url = '', events = '2000', lines = '1000'] = process.argv.slice(2);
const BATCHES = 20;
const size = Math.ceil(Number(events) / BATCHES);
const headers = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': 'GraniteServiceVersion20100801.PutMetricData',
};
let next = 0;
setInterval(() => {
  const MetricData = Array.from({ length: size }, () => {
    next = (next + 1) % Number(lines);
    return { MetricName: 'Load', Value: Math.random() * 10, Dimensions: [{ Name: 'Line', Value: String(next) }] };
  });
  const body = JSON.stringify({ Namespace: 'voice/bench', MetricData });
  fetch(url, { method: 'POST', headers, body }).then(
    (response) => response.arrayBuffer(),
    () => process.exit(),
  );
}, 1000 / BATCHES);
