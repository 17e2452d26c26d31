import { noAnswerForms } from "./no-answer-forms.ts";
import { keptForms } from "./kept-forms.ts";
import { endForms } from "./end-forms.ts";
import { callForms } from "./call-forms.ts";
import { tagForms } from "./tag-forms.ts";
import { reasonForms } from "./reason-forms.ts";
import { usageForms } from "./usage-forms.ts";
import { framingForms } from "./framing-forms.ts";
import { errorForms } from "./error-forms.ts";
import { publicAnswerForms } from "./public-answer-forms.ts";
import { publicCallForms } from "./public-call-forms.ts";
import { publicErrorForms } from "./public-error-forms.ts";
import type { Form } from "./form.ts";

/** Forms of answers by kind. Requests and rules have their own tests. */
export const forms: { readonly [kind: string]: readonly Form[] } = {
  "a 200 without an answer": [...noAnswerForms, ...publicAnswerForms.noAnswers],
  "fields that must be sent back": [...keptForms, ...publicAnswerForms.kept],
  "ends of answers": [...endForms, ...publicAnswerForms.ends],
  "tool calls in other places": [...callForms, ...publicCallForms],
  "error bodies": [...errorForms, ...publicErrorForms],
  "thinking tags and cumulative text": [...tagForms, ...publicAnswerForms.tagged],
  "finish reasons": [...reasonForms, ...publicAnswerForms.reasons],
  usage: [...usageForms, ...publicAnswerForms.usages],
  "framing, surrogate pairs and images": [...framingForms, ...publicAnswerForms.framings],
};
