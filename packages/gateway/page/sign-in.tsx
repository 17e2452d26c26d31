import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { api } from "./api.ts";

/** Asks for a client's key. Only the session that the gateway gives for it is kept. */
export function SignIn({ onDone, message }: { onDone: () => void; message: string }): VNode {
  const [failure, setFailure] = useState(message);
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
          Open the address that the gateway printed at its start, or give the key of a client whose configuration says{" "}
          <code>inspect: true</code>.
        </p>
        <label for="key">Client key</label>
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
