import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { api } from "./api.ts";
import { Prose } from "./prose.tsx";

interface Props {
  /** The gateway's advice on how to get access. */
  readonly advice: string;
  /** Why the link failed. */
  readonly failure: string;
  readonly onDone: () => void;
}

/** Asks for a key, and exchanges it for a session. Only the session is kept. */
export function SignIn({ advice, failure: before, onDone }: Props): VNode {
  const [failure, setFailure] = useState(before);
  const signIn = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const key = new FormData(event.currentTarget as HTMLFormElement).get("key");
    try {
      await api.signIn(String(key).trim());
      onDone();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <main class="sign-in">
      <form onSubmit={signIn}>
        <h1>See the wire</h1>
        <p>
          <Prose text={advice} />
        </p>
        <label for="key">Key</label>
        <input id="key" name="key" type="password" autocomplete="off" spellcheck={false} required autofocus />
        <button type="submit" class="primary">
          Open the inspector
        </button>
        <p role="alert" class="failure">
          {failure}
        </p>
      </form>
    </main>
  );
}
