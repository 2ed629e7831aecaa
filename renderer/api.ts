/** Typed client of the engine. Hooks take a call's name and input from the contract; no call is written down here. */
import { keepPreviousData, QueryClient, useMutation, useQuery } from '@tanstack/react-query';
import { create } from 'zustand';
import type { EngineEvent, JobProgress } from '../shared/calls/app.ts';
import type { CallInput, CallName, CallOutput } from '../shared/contract.ts';
import type { ErrorReport } from '../shared/errors.ts';
import type { Host } from './host.ts';

/** A fault of a call, with its sentence in both languages. */
export class CallFault extends Error {
  readonly report: ErrorReport;

  constructor(report: ErrorReport) {
    super(report.code);
    this.name = 'CallFault';
    this.report = report;
  }
}

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: 60_000, refetchOnWindowFocus: false } },
});

let connected: Host | null = null;

/** The host behind the page; everything below `App` runs after `connect`. */
export function host(): Host {
  if (!connected) throw new Error('host: not connected');
  return connected;
}

export function connect(to: Host): void {
  if (connected === to) return;
  connected = to;
  to.subscribe(hear);
}

function hear(event: EngineEvent): void {
  if (event.name === 'job.progress') {
    const { job } = event.payload;
    useJobs.setState(({ running }) =>
      running[job] ? { running: { ...running, [job]: { ...running[job], progress: event.payload } } } : {},
    );
  }
  if (event.name === 'data.changed' || event.name === 'status.changed') void queryClient.invalidateQueries();
}

export async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const envelope = await host().call(name, input);
  if (envelope.ok) return envelope.value as CallOutput<N>;
  throw new CallFault(envelope.error);
}

/** Reads; the former answer stays on the screen while the next one comes. `null` input: not yet. */
export function useCall<N extends CallName>(name: N, input: CallInput<N> | null) {
  return useQuery<CallOutput<N>, CallFault>({
    queryKey: [name, input],
    queryFn: () => call(name, input as CallInput<N>),
    enabled: input !== null,
    placeholderData: keepPreviousData,
  });
}

/** Changes something; whatever is on the screen is read again afterwards. */
export function useChange<N extends CallName>(name: N) {
  return useMutation<CallOutput<N>, CallFault, CallInput<N>>({
    mutationFn: (input) => call(name, input),
    onSuccess: () => queryClient.invalidateQueries(),
  });
}

interface RunningJob {
  call: CallName;
  progress: JobProgress | null;
  cancelling: boolean;
}

/** Jobs outlive the screen that started them: they are kept here, the last outcome by call. */
export const useJobs = create<{
  running: Record<string, RunningJob>;
  outcome: Partial<Record<CallName, { value?: unknown; fault?: CallFault }>>;
}>()(() => ({ running: {}, outcome: {} }));

let jobCount = 0;

async function runJob<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N> | null> {
  jobCount += 1;
  const job = `page-${jobCount}`;
  useJobs.setState(({ running, outcome }) => ({
    running: { ...running, [job]: { call: name, progress: null, cancelling: false } },
    outcome: { ...outcome, [name]: undefined },
  }));
  let ended: { value?: unknown; fault?: CallFault };
  try {
    ended = { value: await call(name, { ...input, job }) };
  } catch (error) {
    ended = { fault: error as CallFault };
  }
  useJobs.setState(({ running: { [job]: _, ...running }, outcome }) => ({
    running,
    outcome: { ...outcome, [name]: ended },
  }));
  if (ended.fault) return null;
  void queryClient.invalidateQueries();
  return ended.value as CallOutput<N>;
}

export async function cancelJob(job: string): Promise<void> {
  useJobs.setState(({ running }) =>
    running[job] ? { running: { ...running, [job]: { ...running[job], cancelling: true } } } : {},
  );
  await call('jobs.cancel', { job });
}

export interface JobHandle<N extends CallName> {
  /** Settles with null when the job failed or was cancelled; `fault` says why. */
  run(input: CallInput<N>): Promise<CallOutput<N> | null>;
  job: string | null;
  running: boolean;
  progress: JobProgress | null;
  value: CallOutput<N> | undefined;
  fault: CallFault | undefined;
  clear(): void;
}

/** A long call: at most one of a kind at a time, with its progress. */
export function useJob<N extends CallName>(name: N): JobHandle<N> {
  const entry = useJobs(
    ({ running }) => Object.entries(running).find(([, job]) => job.call === name)?.[0] ?? null,
  );
  const progress = useJobs(({ running }) => (entry ? (running[entry]?.progress ?? null) : null));
  const outcome = useJobs((jobs) => jobs.outcome[name]);
  return {
    run: (input) => runJob(name, input),
    job: entry,
    running: entry !== null,
    progress,
    value: outcome?.value as CallOutput<N> | undefined,
    fault: outcome?.fault,
    clear: () => useJobs.setState((jobs) => ({ outcome: { ...jobs.outcome, [name]: undefined } })),
  };
}
