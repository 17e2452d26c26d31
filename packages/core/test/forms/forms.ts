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

/** Forms of answers by the kinds of issue 16. Requests and rules have tests of their own. */
export const forms: { readonly [kind: string]: readonly Form[] } = {
  "2, a 200 that is no answer": [...noAnswerForms, ...publicAnswerForms.noAnswers],
  "3, what must go back": [...keptForms, ...publicAnswerForms.kept],
  "4, the end": [...endForms, ...publicAnswerForms.ends],
  "5, calls in other places": [...callForms, ...publicCallForms],
  "6, error bodies": [...errorForms, ...publicErrorForms],
  "8, tags and text that grows": [...tagForms, ...publicAnswerForms.tagged],
  "9, finish reasons": [...reasonForms, ...publicAnswerForms.reasons],
  "10, usage": [...usageForms, ...publicAnswerForms.usages],
  "11, framing, pairs, images": [...framingForms, ...publicAnswerForms.framings],
};
