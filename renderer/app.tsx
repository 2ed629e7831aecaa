/** The frame of the page: language, appearance, the connection to the host, and what to show in each of its states. */
import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider, Result, theme } from 'antd';
import en from 'antd/locale/en_US';
import zh from 'antd/locale/zh_CN';
import { type ReactNode, useEffect, useState } from 'react';
import { connect, host, queryClient, useCall, useJob } from './api.ts';
import { CHART_FONT } from './components/chart-font.ts';
import { Fault, Loading } from './components/states.tsx';
import type { Host } from './host.ts';
import { applyPalette, PALETTES } from './palette.ts';
import { FirstRunScreen } from './screens/first-run/screen.tsx';
import { useSession } from './session.ts';
import { Shell } from './shell.tsx';
import { STYLE_NONCE } from './style-nonce.ts';
import { shellText } from './text/shell.ts';
import { useText } from './text/use-text.ts';

type Connection = 'connecting' | 'ready' | 'refused' | 'stopped';

export function App({ connecting }: { connecting: Promise<Host> }) {
  const [connection, setConnection] = useState<Connection>('connecting');
  useEffect(() => {
    connecting.then(
      (found) => {
        connect(found);
        setConnection('ready');
        void found.stopped?.then(() => setConnection('stopped'));
      },
      () => setConnection('refused'),
    );
  }, [connecting]);
  return (
    <Frame>
      <Connected connection={connection} />
    </Frame>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const { language, appearance } = useSession();
  const text = useText(shellText);
  const palette = PALETTES[appearance];
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = text.product;
  }, [language, text]);
  useEffect(() => applyPalette(appearance), [appearance]);
  return (
    <ConfigProvider
      locale={language === 'en' ? en : zh}
      csp={{ nonce: STYLE_NONCE }}
      componentSize="small"
      button={{ autoInsertSpace: false }}
      theme={{
        algorithm: appearance === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: {
          colorPrimary: palette.accent,
          colorInfo: palette.accent,
          colorSuccess: palette.better,
          colorError: palette.worse,
          colorPrimaryBg: palette.tints.selected.ground,
          colorPrimaryBgHover: palette.tints.selected.ground,
          colorInfoBg: palette.raised,
          colorInfoBorder: palette.line,
          colorSuccessBg: palette.tints.good.ground,
          colorSuccessBorder: palette.tints.good.border,
          colorWarning: palette.warn,
          colorWarningBg: palette.tints.doubtful.ground,
          colorWarningBorder: palette.tints.doubtful.border,
          colorErrorBg: palette.tints.bad.ground,
          colorErrorBorder: palette.tints.bad.border,
          colorBgLayout: palette.page,
          colorBgContainer: palette.panel,
          colorText: palette.ink,
          colorTextSecondary: palette.soft,
          colorTextDescription: palette.faint,
          colorBorderSecondary: palette.line,
          borderRadius: 6,
          fontSize: 13,
          controlHeight: 30,
          controlHeightSM: 26,
          fontFamily: `"Segoe UI", ${CHART_FONT}`,
          motion: false,
        },
        components: {
          Table: {
            cellPaddingBlockSM: 4,
            cellPaddingInlineSM: 8,
            headerBg: palette.raised,
            headerBorderRadius: 0,
          },
        },
      }}
    >
      <AntApp className="ant-root">
        <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

function Connected({ connection }: { connection: Connection }) {
  const text = useText(shellText);
  if (connection === 'connecting') return <Loading height={600} />;
  if (connection === 'refused')
    return <Result status="info" title={text.refusedTitle} subTitle={text.refused} />;
  if (connection === 'stopped')
    return <Result status="warning" title={text.stoppedTitle} subTitle={text.stopped} />;
  return <Opened />;
}

function Opened() {
  const status = useCall('app.status', {});
  const language = useSession((session) => session.language);
  // While the sample is built its database is open, yet nothing in it is ready to be looked at.
  const preparing = useJob('app.sample').running;
  const path = status.data?.database?.path;
  const forgetSlice = useSession((session) => session.forgetSlice);
  useEffect(() => void host().native.setLanguage(language), [language]);
  useEffect(() => {
    if (path !== undefined) forgetSlice();
  }, [path, forgetSlice]);
  if (status.error) {
    return (
      <div className="welcome">
        <Fault error={status.error} onRetry={() => void status.refetch()} />
      </div>
    );
  }
  if (!status.data) return <Loading height={600} />;
  const shown = preparing ? { ...status.data, database: null } : status.data;
  return <Shell status={shown}>{shown.database ? null : <FirstRunScreen status={shown} />}</Shell>;
}
