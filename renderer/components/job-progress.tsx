import { Button, Progress } from 'antd';
import type { CallName } from '../../shared/contract.ts';
import { cancelJob, type JobHandle, useJobs } from '../api.ts';
import { count, duration } from '../format.ts';
import { useSession } from '../session.ts';
import { commonText } from '../text/common.ts';
import { useName, useText } from '../text/use-text.ts';

/** A running job: its step, how far it is, how long it will take, and the way to stop it. */
export function JobProgress<N extends CallName>({ of }: { of: JobHandle<N> }) {
  const text = useText(commonText);
  const name = useName();
  const language = useSession((session) => session.language);
  const cancelling = useJobs(({ running }) => (of.job ? running[of.job]?.cancelling : false) ?? false);
  if (!of.job) return null;
  const { progress, job } = of;
  const total = progress?.total ?? null;
  const left = progress?.secondsLeft ?? null;
  return (
    <div className="job" role="status">
      <div className="job-line">
        <span>{progress ? name(progress.step) : text.loading}</span>
        <span className="number soft">
          {progress && total !== null && text.doneOf(count(progress.done), count(total))}
          {left !== null && ` · ${text.secondsLeft(duration(left, language))}`}
        </span>
        <Button size="small" disabled={cancelling} onClick={() => void cancelJob(job)}>
          {cancelling ? text.cancelling : text.cancel}
        </Button>
      </div>
      <Progress
        percent={total ? Math.floor((100 * (progress?.done ?? 0)) / total) : 0}
        status="active"
        showInfo={false}
        size="small"
        aria-label={progress ? name(progress.step) : text.loading}
      />
    </div>
  );
}
