import type { Definition } from "@llm-provider/core";
import { createMask } from "../config/create-mask.ts";
import type { Path } from "../config/config-path.ts";
import { applyEdits, type Edit } from "../config/edit.ts";
import { defaultTarget, type Target } from "../target.ts";
import { asRecord } from "./as-record.ts";
import { readConfigFile, type ConfigFile, type Position } from "./config-file.ts";
import { viewEndpoints, type EndpointView } from "./endpoint-view.ts";
import type { Diagnostic, Finding, Rule, Subject } from "./rule.ts";
import { rules } from "./rules.ts";

export type DoctorOptions = {
  /** The providers whose facts are known: `groq.definition` and so on. */
  definitions?: readonly Definition[];
  /** The variables of LibreChat's .env; without them, unset variables are not reported. */
  environment?: { readonly [name: string]: string };
  target?: Target;
};

/** A diagnostic, and the splices that correct it. */
export type Found = { diagnostic: Diagnostic } & Pick<Finding, "edits" | "covers" | "blocks">;

/** All mistakes in a librechat.yaml, in the order of its lines. Pure; the result contains no secret of the file. */
export function diagnose(source: string, options: DoctorOptions = {}): Diagnostic[] {
  return findAll(source, options).map(({ diagnostic }) => diagnostic);
}

/** The most mistakes of one kind per run; the next run finds the others. */
const mostBlocks = 12;

/** As `diagnose`, with the splices. */
export function findAll(source: string, options: DoctorOptions, round = 0): Found[] {
  const file = readConfigFile(source);
  const mask = createMask(file.value);
  const found = findIn(file, options);
  const blocks = found.filter(({ blocks: isBlock, edits }) => isBlock && edits);
  const mended = applyEdits(file.text, withoutOverlap(blocks));
  const isReadOn = blocks.length > 0 && round < mostBlocks && mended !== file.text;
  const here = (isReadOn ? blocks : found).map(({ diagnostic, ...rest }) => {
    const { message, fix } = diagnostic;
    return {
      diagnostic: { ...diagnostic, message: mask(message), ...(fix !== undefined && { fix: mask(fix) }) },
      ...rest,
    };
  });
  if (!isReadOn) return here;
  // Their splices belong to another text.
  const behind = findAll(mended, options, round + 1).map(({ diagnostic }): Found => ({ diagnostic }));
  return inOrder([...here, ...behind]);
}

/** A key that an anchor shares is found in each place that uses it. */
function withoutOverlap(found: readonly Found[]): Edit[] {
  const edits = found.flatMap(({ edits: own = [] }) => own).sort((a, b) => a.start - b.start);
  return edits.filter(({ start }, index) => index === 0 || start >= edits[index - 1]!.end);
}

function findIn(file: ConfigFile, options: DoctorOptions): Found[] {
  const { definitions = [], environment, target = defaultTarget } = options;
  const config = asRecord(file.value);
  const subject: Subject = {
    file,
    config,
    endpoints: viewEndpoints(config, definitions, environment),
    target,
    environment,
    definitions,
  };
  const found: Found[] = [];
  // If the text is not valid YAML, its meaning would be guesswork.
  for (const rule of rules.filter(({ on }) => on === "text")) found.push(...apply(rule, subject));
  if (found.some(({ diagnostic }) => diagnostic.severity === "error" && diagnostic.rule !== "curly-quotes"))
    return inOrder(found);

  for (const rule of rules.filter(({ on }) => on !== "text")) found.push(...apply(rule, subject));
  return inOrder(withoutCovered(found, file));
}

/** Leaves out findings that only follow from another one. */
function withoutCovered(found: Found[], file: ConfigFile): Found[] {
  const covers = found.flatMap(({ covers: path, diagnostic }) => {
    const range = path && file.nodeAt(path)?.range;
    return range ? [{ rule: diagnostic.rule, from: diagnostic.line, to: file.positionOf(range[1] - 1).line }] : [];
  });
  return found.filter(
    ({ diagnostic: { rule, line } }) => !covers.some((one) => rule !== one.rule && line >= one.from && line <= one.to),
  );
}

function apply(rule: Rule, subject: Subject): Found[] {
  return [...rule.check(subject)].map((finding) => toFound(rule, finding, subject));
}

function toFound(rule: Rule, finding: Finding, { file, endpoints }: Subject): Found {
  const { at, message, fix, why, severity, edits, covers, blocks } = finding;
  const position: Position =
    "key" in at
      ? file.keyPosition(asWritten(at.key, endpoints))
      : "value" in at
        ? file.valuePosition(asWritten(at.value, endpoints))
        : at;
  return {
    diagnostic: {
      rule: rule.id,
      severity: severity ?? rule.severity,
      line: position.line,
      column: position.column,
      message,
      why: why ?? rule.why,
      ...(fix === undefined ? {} : { fix }),
    },
    edits,
    covers,
    blocks,
  };
}

/** A path as the file spells it: with an endpoint's misspelt key under its wrong name. */
function asWritten(path: Path, endpoints: readonly EndpointView[]): Path {
  const [top, list, index, key, ...rest] = path;
  if (top !== "endpoints" || list !== "custom" || key === undefined) return path;
  const { spellings = {} } = endpoints[Number(index)] ?? {};
  return Object.hasOwn(spellings, key) ? [top, list, index!, spellings[key]!, ...rest] : path;
}

function inOrder(found: Found[]): Found[] {
  return found.sort(({ diagnostic: a }, { diagnostic: b }) => a.line - b.line || a.column - b.column);
}
