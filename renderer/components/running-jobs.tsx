import { Button } from 'antd';
import { cancelJob, useJobs } from '../api.ts';
import { shellText } from '../text/shell.ts';
import { useName, useText } from '../text/use-text.ts';

/** In the title bar: what runs at present, whichever screen started it. */
export function RunningJobs() {
  const text = useText(shellText);
  const name = useName();
  const running = useJobs((jobs) => jobs.running);
  return (
    <span className="running-jobs" role="status">
      {Object.entries(running).map(([id, { progress, cancelling }]) => (
        <span key={id} className="running-job">
          <span className="running-step">{progress ? name(progress.step) : text.working}</span>
          {progress?.total ? (
            <span className="number">{Math.floor((100 * progress.done) / progress.total)}%</span>
          ) : null}
          <Button type="link" size="small" disabled={cancelling} onClick={() => void cancelJob(id)}>
            {text.stop}
          </Button>
        </span>
      ))}
    </span>
  );
}
