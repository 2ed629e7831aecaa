import { describe, expect, it } from 'vitest';
import { draftOf, emptyDraft, filterOf } from '../../../../renderer/screens/samples/view.ts';

describe('a sample in the form', () => {
  it('narrows by finished conditions only', () => {
    const draft = {
      ...emptyDraft(2),
      attributes: [
        { code: 'sex', choices: [] },
        { code: '', choices: ['x'] },
        { code: 'age', choices: ['30'] },
      ],
      scores: [
        { indicator: 'A', from: null, to: null },
        { indicator: '', from: null, to: 60 },
      ],
    };
    expect(filterOf(draft, 8100, 8106)).toEqual({
      attributes: { age: ['30'] },
      scores: [{ indicator: '', to: 60 }],
    });
    expect(filterOf(emptyDraft(2), 8100, 8106)).toEqual({});
  });

  it('takes one end of a span of quarters from the data, and the ends in either order', () => {
    expect(filterOf({ ...emptyDraft(2), from: 8104 }, 8100, 8106).quarters).toEqual({ from: 8104, to: 8106 });
    expect(filterOf({ ...emptyDraft(2), from: 8105, to: 8101 }, 8100, 8106).quarters).toEqual({
      from: 8101,
      to: 8105,
    });
  });

  it('comes back as it was saved', () => {
    const filter = {
      channels: ['in-house' as const],
      quarters: { from: 8101, to: 8105 },
      scheme: 2,
      scopes: ['region:N'],
      hits: [{ scope: 'dealer:a', quarters: [8101] }],
      attributes: { sex: ['f'] },
      scores: [{ indicator: 'A', from: 10 }],
    };
    const draft = draftOf({ id: 4, name: 'a', note: '', filter }, 1);
    expect(filterOf(draft, 8100, 8106)).toEqual(filter);
  });
});
