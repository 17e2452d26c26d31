import { describeProvider } from "../src/vitest.ts";
import { acme } from "./fixtures/acme.ts";
import { bolt } from "./fixtures/bolt.ts";
import { cove } from "./fixtures/cove.ts";
import { dune } from "./fixtures/dune.ts";

describeProvider(acme, { cassettes: new URL("./fixtures/cassettes/acme/", import.meta.url) });
describeProvider(bolt, { cassettes: new URL("./fixtures/cassettes/bolt/", import.meta.url) });
describeProvider(cove, { cassettes: new URL("./fixtures/cassettes/cove/", import.meta.url) });
describeProvider(dune, { cassettes: new URL("./fixtures/cassettes/dune/", import.meta.url) });
