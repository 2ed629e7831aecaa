/** Where the engine keeps and finds things, and what it is given instead of ambient state. */
export interface EngineOptions {
  /** Settings, default databases, report folders. Made when absent. */
  dataFolder: string;
  /** Shipped files: fonts, report templates, sample studies. */
  resourcesFolder: string;
  clock: () => Date;
  log: (line: string) => void;
  /** Who is at the keyboard, for the audit log. */
  actor?: string;
  /** Begin with the sample studies when no database was ever opened. */
  startWithSample?: boolean;
}
