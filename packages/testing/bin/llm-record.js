#!/usr/bin/env node
import "../dist/bin/llm-record.js";
