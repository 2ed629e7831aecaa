import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app.css';
import { App } from './app.tsx';
import { connectHost } from './host.ts';
import { applyPalette } from './palette.ts';
import { preparePaper } from './print.ts';
import { useSession } from './session.ts';
import { signStyles } from './style-nonce.ts';

signStyles();
applyPalette(useSession.getState().appearance);
preparePaper();
// Once, outside React: the code of a link is spent by the first use.
const connecting = connectHost();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App connecting={connecting} />
  </StrictMode>,
);
