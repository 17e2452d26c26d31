#!/usr/bin/env node
import "../dist/bin/llm-twin.js";
