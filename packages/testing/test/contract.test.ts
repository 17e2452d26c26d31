import { describeProvider } from "../src/vitest.ts";
import { acme } from "./fixtures/acme.ts";
import { bolt } from "./fixtures/bolt.ts";

describeProvider(acme, { cassettes: new URL("./fixtures/cassettes/acme/", import.meta.url) });
describeProvider(bolt, { cassettes: new URL("./fixtures/cassettes/bolt/", import.meta.url) });
