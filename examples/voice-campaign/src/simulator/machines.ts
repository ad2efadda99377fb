/** What the machines of the system do at a moment. */
export type Load = {
  readonly activeCalls: number;
  /** Calls recorded since the start: they fill the database. */
  readonly calls: number;
};

export type Machines = {
  /** Of the Asterisk server. */
  readonly instanceId: string;
  /** Calls at once with which its processor is busy. */
  readonly capacity: number;
  readonly dbInstanceIdentifier: string;
  /** Bytes. */
  readonly allocatedStorage: number;
};

export const MACHINES: Machines = {
  instanceId: 'i-0123456789abcdef0',
  capacity: 400,
  dbInstanceIdentifier: 'voice-campaign-demo',
  allocatedStorage: 20 * 1024 ** 3,
};

/** A request of PutMetricData's shape, whose namespace may be one of AWS. */
export type MachineMetrics = {
  readonly Namespace: string;
  readonly MetricData: readonly {
    readonly MetricName: string;
    readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
    readonly Unit: string;
    readonly Value: number;
  }[];
};

/** A busy line is 50 packets a second each way (G.711, 20 ms); bytes with RTP, UDP and IP headers. */
const PACKETS_A_SECOND = 50;
const PACKET_BYTES = 200;
const BYTES_A_CALL = 2048;

/** What EC2 and RDS would publish of a minute under such a load, under their own names, units and dimensions. */
export function machineMetrics({ activeCalls, calls }: Load, machines: Machines): readonly MachineMetrics[] {
  const busy = Math.min(1, activeCalls / machines.capacity);
  const packets = activeCalls * PACKETS_A_SECOND * 60;
  const instance = [{ Name: 'InstanceId', Value: machines.instanceId }];
  const database = [{ Name: 'DBInstanceIdentifier', Value: machines.dbInstanceIdentifier }];
  const metric = (Dimensions: typeof instance) => (MetricName: string, Unit: string, Value: number) => ({
    MetricName,
    Dimensions,
    Unit,
    Value,
  });
  const ec2 = metric(instance);
  const rds = metric(database);
  return [
    {
      Namespace: 'AWS/EC2',
      MetricData: [
        ec2('CPUUtilization', 'Percent', 3 + 92 * busy),
        // A machine of the T family: credits are spent while it is busier than its baseline.
        ec2('CPUCreditBalance', 'Count', Math.max(0, Math.round(576 * (1 - busy)))),
        ec2('StatusCheckFailed', 'Count', 0),
        ec2('StatusCheckFailed_Instance', 'Count', 0),
        ec2('StatusCheckFailed_System', 'Count', 0),
        ec2('NetworkPacketsIn', 'Count', packets),
        ec2('NetworkPacketsOut', 'Count', packets),
        ec2('NetworkIn', 'Bytes', packets * PACKET_BYTES),
        ec2('NetworkOut', 'Bytes', packets * PACKET_BYTES),
      ],
    },
    {
      Namespace: 'AWS/RDS',
      MetricData: [
        rds('CPUUtilization', 'Percent', 4 + 50 * busy),
        rds('DatabaseConnections', 'Count', 5 + Math.ceil(activeCalls / 10)),
        rds('FreeStorageSpace', 'Bytes', Math.max(0, 0.6 * machines.allocatedStorage - calls * BYTES_A_CALL)),
        rds('FreeableMemory', 'Bytes', (1 - 0.5 * busy) * 1024 ** 3),
      ],
    },
  ];
}

export type MachinesReport = { stop(): Promise<void> };

/** Publishes what the machines do, at once and then every `everyMs`, through the emulator's own door for such metrics. */
export function reportMachines(options: {
  /** Of the emulator. */
  readonly url: string;
  readonly load: () => Load;
  readonly everyMs: number;
  readonly machines?: Machines;
}): MachinesReport {
  const { url, load, everyMs, machines = MACHINES } = options;
  const publish = async (): Promise<void> => {
    const body = JSON.stringify(machineMetrics(load(), machines));
    const { ok, status } = await fetch(`${url}/_emulator/metrics`, { method: 'POST', body });
    if (!ok) throw new Error(`the emulator answered ${status} to the machines' metrics`);
  };
  let last = publish();
  const timer = setInterval(() => {
    last = Promise.all([last, publish()]).then(() => {});
    // It is thrown where the report is stopped.
    last.catch(() => {});
  }, everyMs);
  last.catch(() => {});
  return {
    stop: async () => {
      clearInterval(timer);
      await last;
    },
  };
}
