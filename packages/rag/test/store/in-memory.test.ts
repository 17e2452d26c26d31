import { openMemoryStore } from "../../src/store/memory-store.ts";
import { describeStore } from "./store-suite.ts";

const store = openMemoryStore();
describeStore(() => store);
