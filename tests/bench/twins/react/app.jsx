// The list and one interaction in React 19 with its router, as most would write it today.
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter, Link, Route, Routes, useParams, useSearchParams } from "react-router";

import { CHANNELS, STATUSES, WORDS, ago, ask, dayOf, exactly, groupBy, monthOf, reply, standing } from "../words.js";

const early = new Map(["/v1/session", "/v1/interactions?limit=50"].map((path) => [path, ask(path)]));
const get = (path) => {
  const answer = early.get(path) ?? ask(path);
  early.delete(path);
  return answer;
};

const Icon = ({ name }) => (
  <svg className="icon">
    <use href={`/icons.svg#${name}`} />
  </svg>
);

const Time = ({ className, at }) => (
  <time className={className} dateTime={at} title={exactly(at)}>
    {ago(at)}
  </time>
);

const Row = ({ one }) => (
  <li>
    <Link className="row" to={`/interactions/${one.id}`} data-status={standing(one.status)}>
      <Icon name={one.channel} />
      <span className="row__subject">{one.subject}</span>
      <Time className="row__time" at={one.updated_at} />
      <span className="row__facts">{[WORDS[one.channel], one.topic?.label].filter(Boolean).join(" · ")}</span>
      <span className="row__status">{WORDS[standing(one.status)]}</span>
    </Link>
  </li>
);

const Select = ({ name, label, options }) => {
  const [query, setQuery] = useSearchParams();
  const change = (event) => {
    const next = new URLSearchParams(query);
    if (event.target.value) next.set(name, event.target.value);
    else next.delete(name);
    setQuery(next);
  };
  return (
    <label>
      {label}
      <select name={name} value={query.get(name) ?? ""} onChange={change}>
        <option value="">{label}</option>
        {options.map((value) => (
          <option key={value} value={value}>
            {WORDS[value] ?? value}
          </option>
        ))}
      </select>
    </label>
  );
};

const List = () => {
  const [query, setQuery] = useSearchParams();
  const [pages, setPages] = useState([]);
  const load = async (cursor) => {
    const asked = new URLSearchParams([["limit", "50"], ...query, ...(cursor ? [["cursor", cursor]] : [])]);
    asked.sort();
    const page = await get(`/v1/interactions?${asked}`);
    setPages((before) => (cursor ? [...before, page] : [page]));
  };
  useEffect(() => {
    load();
  }, [query.toString()]);
  const search = (event) => {
    event.preventDefault();
    setQuery(new URLSearchParams({ ...Object.fromEntries(query), q: new FormData(event.target).get("q") }));
  };
  const last = pages.at(-1);
  const months = groupBy(pages.flatMap((page) => page.items), (one) => monthOf(one.updated_at));
  return (
    <>
      <h1>Interactions</h1>
      <form role="search" onSubmit={search}>
        <label>
          Search
          <input type="search" name="q" defaultValue={query.get("q") ?? ""} />
        </label>
      </form>
      <Select name="channel" label="Channel" options={CHANNELS} />
      <Select name="status" label="Status" options={STATUSES} />
      {months.map(({ name, items }) => (
        <section className="month" key={name}>
          <h2 className="month__name">{name}</h2>
          <ul className="rows">
            {items.map((one) => (
              <Row key={one.id} one={one} />
            ))}
          </ul>
        </section>
      ))}
      {last?.has_more && (
        <button className="button" onClick={() => load(last.next_cursor)}>
          Show more
        </button>
      )}
    </>
  );
};

const One = () => {
  const { id } = useParams();
  const [read, setRead] = useState();
  const load = async () => setRead(await Promise.all([get(`/v1/interactions/${id}`), get(`/v1/interactions/${id}/messages?limit=50`)]));
  useEffect(() => {
    load();
  }, [id]);
  const send = async (event) => {
    event.preventDefault();
    await reply(id, new FormData(event.target).get("text"));
    await load();
  };
  if (!read) return null;
  const [interaction, thread] = read;
  return (
    <>
      <Link to="/interactions">Interactions</Link>
      <h1>{interaction.subject}</h1>
      <dl>
        <dt>Status</dt>
        <dd>{WORDS[standing(interaction.status)]}</dd>
        <dt>Channel</dt>
        <dd>{WORDS[interaction.channel]}</dd>
        <dt>Reference</dt>
        <dd>{interaction.reference}</dd>
      </dl>
      {groupBy(thread.items.toReversed(), (one) => dayOf(one.sent_at)).map(({ name, items }) => (
        <section key={name}>
          <h2>{name}</h2>
          {items.map((one) => (
            <article className="message" key={one.id}>
              <header>
                <strong>{one.author.display_name}</strong> <Time at={one.sent_at} />
              </header>
              <p>{one.text}</p>
            </article>
          ))}
        </section>
      ))}
      <form onSubmit={send}>
        <label>
          Your reply
          <textarea name="text" required />
        </label>
        <button className="button">Send</button>
      </form>
    </>
  );
};

const App = () => {
  const [session, setSession] = useState();
  useEffect(() => {
    get("/v1/session").then(setSession);
  }, []);
  return (
    <BrowserRouter>
      <header className="bar">
        <Link className="bar__home" to="/">
          Company
        </Link>
        {session?.customer?.display_name}
      </header>
      <nav className="places">
        <Link className="place" to="/interactions">
          Interactions
        </Link>
      </nav>
      <main className="main">
        <Routes>
          <Route path="/interactions/:id" element={<One />} />
          <Route path="*" element={<List />} />
        </Routes>
      </main>
    </BrowserRouter>
  );
};

createRoot(document.getElementById("app")).render(<App />);
