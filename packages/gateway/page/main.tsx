import { render } from "preact";
import { App } from "./app.tsx";

// The one-time token is removed from the address and the history.
const token = /^#token=([^&]+)/.exec(location.hash)?.[1];
if (token) history.replaceState(null, "", location.pathname + location.search);

render(<App token={token && decodeURIComponent(token)} />, document.getElementById("app")!);
