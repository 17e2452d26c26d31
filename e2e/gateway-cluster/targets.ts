import { deepseek } from "../../packages/deepseek/src/index.ts";
import { groq } from "../../packages/groq/src/index.ts";
import { mistral } from "../../packages/mistral/src/index.ts";
import { startTwin, type Twin, type TwinFault, type TwinScenario } from "../../packages/testing/src/index.ts";

/** Every fault of a twin, and how often it occurs. */
const faults: readonly (readonly [share: number, fault: TwinFault])[] = [
  [0.03, { reset: true }],
  [0.015, { hang: "headers" }],
  [0.015, { hang: "body" }],
  [0.04, { cutAt: 300 }],
  [0.04, { malformed: true }],
  [0.04, { errorInStream: { status: 500, message: "Something broke" } }],
  [0.005, { rateLimit: { as: "milliseconds", wait: 200 } }],
  [0.005, { rateLimit: { as: "nothing", wait: 0 } }],
  [0.05, { delay: 150 }],
  [0.05, { pause: 5 }],
];
const errors: readonly (readonly [share: number, status: number])[] = [
  [0.03, 500],
  [0.03, 503],
  [0.01, 400],
];

function chaos(): TwinScenario[] {
  const by =
    (share: number): (() => boolean) =>
    () =>
      Math.random() < share;
  return [
    ...faults.map(([share, fault]) => ({ when: by(share), fault })),
    ...errors.map(([share, status]) => ({ when: by(share), error: { status, message: "Not now" } })),
  ];
}

/** Fakes of three providers: two fail at random; one never fails, and answers slowly if the request asks for it. */
export async function startTargets(): Promise<{ wild: readonly [Twin, Twin]; calm: Twin }> {
  const isSlow: TwinScenario["when"] = ({ messages }) => JSON.stringify(messages).includes("slowly");
  const [one, two, calm] = await Promise.all([
    startTwin(groq.definition, { scenarios: chaos() }),
    startTwin(mistral.definition, { scenarios: chaos() }),
    startTwin(deepseek.definition, { scenarios: [{ when: isSlow, fault: { pause: 400 } }] }),
  ]);
  return { wild: [one, two], calm };
}
