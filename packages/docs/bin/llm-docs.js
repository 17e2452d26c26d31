#!/usr/bin/env node
import "../dist/bin/llm-docs.js";
