import type { Json } from "@llm-provider/core";

export type Values = { [name: string]: Json | undefined };
