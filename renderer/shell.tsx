import { BulbOutlined, LogoutOutlined } from '@ant-design/icons';
import { useIsFetching } from '@tanstack/react-query';
import { Alert, Button, Segmented, Select, Tag, Tooltip } from 'antd';
import { Component, type ReactNode, Suspense } from 'react';
import type { AppStatus, DatabaseStatus } from '../shared/calls/app.ts';
import { SCORE_DISPLAYS } from '../shared/domain/score/display.ts';
import { useCall, useChange } from './api.ts';
import { RunningJobs } from './components/running-jobs.tsx';
import { Loading, Nothing } from './components/states.tsx';
import { TraceDrawer } from './components/trace-drawer.tsx';
import { count } from './format.ts';
import { SCREEN_GROUPS, SCREEN_NAMES } from './screens/names.ts';
import { SCREENS } from './screens/registry.ts';
import { useSession } from './session.ts';
import { shellText } from './text/shell.ts';
import { useName, useText } from './text/use-text.ts';

/** Navigation, title bar and the current screen; `children` stands instead of a screen while no database is open. */
export function Shell({ status, children }: { status: AppStatus; children: ReactNode }) {
  const text = useText(shellText);
  const screen = useSession((session) => session.screen);
  const { screen: Screen } = SCREENS[screen];
  const { database } = status;
  return (
    <div className="shell">
      <button type="button" className="skip" onClick={focusContent}>
        {text.skip}
      </button>
      <aside className="side">
        <div className="brand">
          <Mark />
          {text.product}
        </div>
        {database && <Navigation />}
        <div className="side-foot">{database ? <Held database={database} /> : status.version}</div>
      </aside>
      <div className="work">
        <header className="top">
          <h1>{database ? text[screen] : text.product}</h1>
          <RunningJobs />
          <Tools open={database !== null} />
          <Busy />
        </header>
        <main className="main" id="content" tabIndex={-1}>
          {database && <SampleBar />}
          {database && <TraceDrawer />}
          {children ?? (
            <Guard key={screen}>
              <Suspense fallback={<Loading height={600} />}>
                <Screen />
              </Suspense>
            </Guard>
          )}
        </main>
      </div>
    </div>
  );
}

/** Which sample is chosen, and whether this screen can be made on it: never a sample without a word. */
function SampleBar() {
  const text = useText(shellText);
  const name = useName();
  const { sample, screen, select } = useSession();
  const samples = useCall('samples.list', sample === null ? null : {});
  const { onSample } = SCREENS[screen];
  if (sample === null || onSample === 'no-figures') return null;
  const chosen = samples.data?.find((one) => one.id === sample);
  const able = onSample === true;
  const everybody = (
    <Button size="small" onClick={() => select({ sample: null })}>
      {text.leaveSample}
    </Button>
  );
  return (
    <Alert
      className="sample-bar"
      type={able ? 'info' : 'warning'}
      title={
        <>
          <b>{able ? text.onSample(chosen?.name ?? '') : text.notOnSample(chosen?.name ?? '')}</b>{' '}
          {able && chosen && <span className="soft">{name(chosen.words)}</span>}
        </>
      }
      action={everybody}
    />
  );
}

/** A line under the title bar while figures on the screen are being read again. */
function Busy() {
  return useIsFetching() > 0 ? <span className="busy" aria-hidden="true" /> : null;
}

function focusContent() {
  document.getElementById('content')?.focus();
}

function Navigation() {
  const text = useText(shellText);
  const { screen, go } = useSession();
  return (
    <nav className="nav" aria-label={text.navigation}>
      {SCREEN_GROUPS.map((group) => {
        const names = SCREEN_NAMES.filter((name) => SCREENS[name].group === group);
        return names.length === 0 ? null : (
          <section key={group} aria-label={text[group]}>
            <h2>{text[group]}</h2>
            {names.map((name) => {
              const { icon: Icon } = SCREENS[name];
              return (
                <button
                  key={name}
                  type="button"
                  aria-current={name === screen ? 'page' : undefined}
                  onClick={() => go(name)}
                >
                  <Icon />
                  {text[name]}
                </button>
              );
            })}
          </section>
        );
      })}
    </nav>
  );
}

function Held({ database }: { database: DatabaseStatus }) {
  const text = useText(shellText);
  const { counts } = database;
  return (
    <>
      <b translate="no" title={database.path}>
        {database.name}
      </b>
      {database.sample && <Tag>{text.sample}</Tag>}
      {database.readonly && <Tag color="warning">{text.readonly}</Tag>}
      {counts.responses > 0 && <div>{text.responses(count(counts.responses))}</div>}
      {counts.reportedScores > 0 && <div>{text.reported(count(counts.reportedScores))}</div>}
      <div>{text.dealers(count(counts.dealers))}</div>
    </>
  );
}

function Tools({ open }: { open: boolean }) {
  const text = useText(shellText);
  const { language, setLanguage, appearance, setAppearance } = useSession();
  const close = useChange('app.close');
  const other = appearance === 'dark' ? 'light' : 'dark';
  const toOther = other === 'dark' ? text.toDark : text.toLight;
  return (
    <div className="tools">
      {open && <DisplayPicker />}
      <Segmented
        aria-label={text.language}
        value={language}
        onChange={setLanguage}
        options={[
          { value: 'zh-CN', label: '中文' },
          { value: 'en', label: 'EN' },
        ]}
      />
      <Tooltip title={toOther}>
        <Button
          type="text"
          icon={<BulbOutlined />}
          aria-label={toOther}
          onClick={() => setAppearance(other)}
        />
      </Tooltip>
      {open && (
        <Tooltip title={text.closeDatabase}>
          <Button
            type="text"
            icon={<LogoutOutlined />}
            aria-label={text.closeDatabase}
            onClick={() => close.mutate({})}
          />
        </Tooltip>
      )}
    </div>
  );
}

/** The scale on which every screen prints scores. */
function DisplayPicker() {
  const text = useText(shellText);
  const { display, setDisplay } = useSession();
  return (
    <Tooltip title={text.displayHint}>
      <Select
        aria-label={text.display}
        className="display-picker"
        value={display}
        onChange={setDisplay}
        popupMatchSelectWidth={false}
        options={SCORE_DISPLAYS.map((value) => ({ value, label: text[value] }))}
      />
    </Tooltip>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="6" fill="#1d4f7c" />
      <path d="M6 21l6-6 5 4 9-10" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
      <circle cx="26" cy="9" r="2.6" fill="#f2b35d" />
    </svg>
  );
}

/** A screen that throws takes neither the navigation nor the other screens with it. */
class Guard extends Component<{ children: ReactNode }, { message: string | null }> {
  override state: { message: string | null } = { message: null };

  static getDerivedStateFromError(error: unknown) {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    if (this.state.message === null) return this.props.children;
    return <Crashed message={this.state.message} />;
  }
}

function Crashed({ message }: { message: string }) {
  const text = useText(shellText);
  return (
    <Nothing height={480}>
      <b>{text.crashedTitle}</b>
      <p className="soft">{text.crashed}</p>
      <p className="faint">{message}</p>
    </Nothing>
  );
}
