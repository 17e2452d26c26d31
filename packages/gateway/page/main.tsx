import { render } from "preact";
import { App } from "./app.tsx";

// The token is for one use, and stays neither in the address nor in the history.
const token = /^#token=([^&]+)/.exec(location.hash)?.[1];
if (token) history.replaceState(null, "", location.pathname + location.search);

render(<App token={token && decodeURIComponent(token)} />, document.getElementById("app")!);
