import { type ReactNode, useId } from 'react';

/** A titled region of a screen. */
export function Panel(props: {
  title: ReactNode;
  extra?: ReactNode;
  note?: ReactNode;
  className?: string;
  flush?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={`panel ${props.className ?? ''}`} aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{props.title}</h2>
        {props.note && <span className="panel-note">{props.note}</span>}
        {props.extra && <div className="panel-extra">{props.extra}</div>}
      </header>
      <div className={props.flush ? 'panel-body flush' : 'panel-body'}>{props.children}</div>
    </section>
  );
}
