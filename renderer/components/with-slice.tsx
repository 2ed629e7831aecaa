import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useSession } from '../session.ts';
import { overviewText } from '../text/overview.ts';
import { useText } from '../text/use-text.ts';
import { type ReadySlice, useSlice } from './slice.tsx';
import { Nothing, Ready } from './states.tsx';

/** A screen over data: waits for the catalog, and leads an empty database to the import. */
export function WithSlice({ children }: { children: (slice: ReadySlice) => ReactNode }) {
  const { catalog, slice } = useSlice();
  const text = useText(overviewText);
  const go = useSession((session) => session.go);
  return (
    <Ready of={catalog} height={600}>
      {() =>
        slice ? (
          children(slice)
        ) : (
          <Nothing
            height={480}
            action={
              <Button type="primary" onClick={() => go('data')}>
                {text.importFirst}
              </Button>
            }
          >
            {text.noDataTitle}
          </Nothing>
        )
      }
    </Ready>
  );
}
