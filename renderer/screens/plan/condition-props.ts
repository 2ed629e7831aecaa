import type { PlanRequest } from '../../../shared/calls/plan.ts';
import type { PlanView } from '../../../shared/domain/plan/plan-facts.ts';
import type { ReadySlice } from '../../components/slice.tsx';

/** What every set of conditions reads, and how it changes the request. */
export interface ConditionProps {
  slice: ReadySlice;
  request: PlanRequest;
  plan: PlanView | undefined;
  onChange: (change: Partial<PlanRequest>) => void;
}
