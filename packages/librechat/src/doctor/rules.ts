import type { Rule } from "./rule.ts";
import { withheldHeader } from "./rules/withheld-header.ts";
import { dropName } from "./rules/drop-name.ts";
import { clientName } from "./rules/client-name.ts";
import { addedParameter } from "./rules/added-parameter.ts";
import { allowedAddress } from "./rules/allowed-address.ts";
import { azureGroup } from "./rules/azure-group.ts";
import { baseUrl } from "./rules/base-url.ts";
import { breakingParameter } from "./rules/breaking-parameter.ts";
import { clearKey } from "./rules/clear-key.ts";
import { curlyQuotes } from "./rules/curly-quotes.ts";
import { customParameter } from "./rules/custom-parameter.ts";
import { dropSpelling } from "./rules/drop-spelling.ts";
import { duplicateEndpoint } from "./rules/duplicate-endpoint.ts";
import { duplicateEntry } from "./rules/duplicate-entry.ts";
import { duplicateKey } from "./rules/duplicate-key.ts";
import { encoding } from "./rules/encoding.ts";
import { endpointsVariable } from "./rules/endpoints-variable.ts";
import { fileSearch } from "./rules/file-search.ts";
import { fileShape } from "./rules/file-shape.ts";
import { foldedItem } from "./rules/folded-item.ts";
import { goneKey } from "./rules/gone-key.ts";
import { hiddenEndpoint } from "./rules/hidden-endpoint.ts";
import { idleParameter } from "./rules/idle-parameter.ts";
import { jwtSecret } from "./rules/jwt-secret.ts";
import { lostDash } from "./rules/lost-dash.ts";
import { mcpOauth } from "./rules/mcp-oauth.ts";
import { keyPrefix } from "./rules/key-prefix.ts";
import { mcpHost } from "./rules/mcp-host.ts";
import { mcpInInterface } from "./rules/mcp-in-interface.ts";
import { mcpServer } from "./rules/mcp-server.ts";
import { mcpTimeout } from "./rules/mcp-timeout.ts";
import { mergeConflict } from "./rules/merge-conflict.ts";
import { missingDrop } from "./rules/missing-drop.ts";
import { modelName } from "./rules/model-name.ts";
import { modelSpec } from "./rules/model-spec.ts";
import { needlessDrop } from "./rules/needless-drop.ts";
import { oddBlanks } from "./rules/odd-blanks.ts";
import { pacing } from "./rules/pacing.ts";
import { placeholder } from "./rules/placeholder.ts";
import { ragUrl } from "./rules/rag-url.ts";
import { reasoningOption } from "./rules/reasoning-option.ts";
import { reservedName } from "./rules/reserved-name.ts";
import { routerKey } from "./rules/router-key.ts";
import { sampleKey } from "./rules/sample-key.ts";
import { schema } from "./rules/schema.ts";
import { shadowedSetting } from "./rules/shadowed-setting.ts";
import { titleSetting } from "./rules/title-setting.ts";
import { tokenConfig } from "./rules/token-config.ts";
import { unknownKey } from "./rules/unknown-key.ts";
import { usageCount } from "./rules/usage-count.ts";
import { variable } from "./rules/variable.ts";
import { version } from "./rules/version.ts";
import { webSearchKey } from "./rules/web-search-key.ts";
import { yamlSyntax } from "./rules/yaml-syntax.ts";

/** Every rule of the doctor: first for the text, then for the schema, then for LibreChat's behaviour. */
export const rules: readonly Rule[] = [
  mergeConflict,
  encoding,
  oddBlanks,
  curlyQuotes,
  yamlSyntax,
  duplicateKey,
  foldedItem,
  fileShape,
  version,
  lostDash,
  schema,
  unknownKey,
  goneKey,
  reservedName,
  duplicateEndpoint,
  duplicateEntry,
  hiddenEndpoint,
  baseUrl,
  clientName,
  withheldHeader,
  variable,
  clearKey,
  keyPrefix,
  sampleKey,
  routerKey,
  dropName,
  dropSpelling,
  needlessDrop,
  missingDrop,
  idleParameter,
  breakingParameter,
  addedParameter,
  customParameter,
  modelName,
  modelSpec,
  tokenConfig,
  reasoningOption,
  usageCount,
  shadowedSetting,
  titleSetting,
  pacing,
  mcpServer,
  mcpTimeout,
  mcpOauth,
  mcpInInterface,
  mcpHost,
  allowedAddress,
  placeholder,
  webSearchKey,
  azureGroup,
  endpointsVariable,
  ragUrl,
  jwtSecret,
  fileSearch,
];
