/** What stands where data are not: loading, nothing, a fault. */
import { Alert, Button, Empty, Spin } from 'antd';
import type { ReactNode } from 'react';
import { CallFault } from '../api.ts';
import { commonText } from '../text/common.ts';
import { useName, useText } from '../text/use-text.ts';

export function Loading({ height = 240 }: { height?: number }) {
  const text = useText(commonText);
  return (
    <div className="state" style={{ minHeight: height }} role="status">
      <span className="loading soft">
        <Spin />
        {text.loading}
      </span>
    </div>
  );
}

export function Nothing({
  children,
  action,
  height = 160,
}: {
  children: ReactNode;
  action?: ReactNode;
  height?: number;
}) {
  return (
    <div className="state" style={{ minHeight: height }}>
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={children}>
        {action}
      </Empty>
    </div>
  );
}

export function Fault({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const text = useText(commonText);
  const name = useName();
  const message = error instanceof CallFault ? name(error.report.message) : String(error);
  // Stopping something on purpose is no fault.
  const wanted = error instanceof CallFault && error.report.code === 'job-cancelled';
  return (
    <Alert
      type={wanted ? 'info' : 'error'}
      showIcon
      title={message}
      action={
        onRetry ? (
          <Button size="small" onClick={onRetry}>
            {text.retry}
          </Button>
        ) : undefined
      }
    />
  );
}

interface Answer<T> {
  data: T | undefined;
  error: unknown;
  refetch(): unknown;
}

/** A query's content once it is there; until then its state. */
export function Ready<T>(props: { of: Answer<T>; height?: number; children: (data: T) => ReactNode }) {
  const { data, error, refetch } = props.of;
  if (error) return <Fault error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading height={props.height} />;
  return props.children(data);
}
