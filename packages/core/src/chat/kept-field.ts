/** Reasoning that only its author can read: blocks with signatures, and encrypted texts. */
const sealed = /^(?:thinking_blocks|reasoning_text|(?:reasoning_)?(?:opaque|encrypted\w*)|\w*signatures?)$/;
/** What gateways pass on from the endpoints behind them, signatures included. */
const handedOn = /^(?:extra_content|provider_specific_fields)$/;

/** Is this field of an assistant's message reasoning that goes back as it came? */
export function isSealedField(name: string): boolean {
  return sealed.test(name);
}

/** Does this field of an assistant's message go back as it came, and to its author alone? */
export function isKeptField(name: string): boolean {
  return sealed.test(name) || handedOn.test(name);
}
