import { beforeEach, describe, expect, it } from 'vitest';
import { usePlanWork } from '../../../../renderer/screens/plan/plan-store.ts';

const work = () => usePlanWork.getState();

beforeEach(() => usePlanWork.setState({ past: [], present: {}, future: [], draft: null, tested: null }));

describe('the work on a plan', () => {
  it('goes back and forth step by step', () => {
    work().change({ uplift: 2 });
    work().change({ ceiling: 95 });
    expect(work().present).toEqual({ uplift: 2, ceiling: 95 });
    work().undo();
    expect(work().present).toEqual({ uplift: 2 });
    work().undo();
    work().undo();
    expect(work().present).toEqual({});
    work().redo();
    work().redo();
    work().redo();
    expect(work().present).toEqual({ uplift: 2, ceiling: 95 });
  });

  it('forgets the way forth once something else is chosen', () => {
    work().change({ uplift: 2 });
    work().undo();
    work().change({ uplift: 3 });
    work().redo();
    expect(work().present).toEqual({ uplift: 3 });
  });

  it('can take back the loading of a stored plan', () => {
    work().change({ uplift: 2 });
    work().load({ uplift: 5 }, { id: 7, name: 'seven' });
    expect(work()).toMatchObject({ present: { uplift: 5 }, draft: { id: 7 } });
    work().undo();
    expect(work().present).toEqual({ uplift: 2 });
  });
});
