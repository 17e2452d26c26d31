import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer, textFile, type TestServer } from "./support/start-server.ts";

let server: TestServer;
const secretText = "The password of the safe is 4711.";

beforeAll(async () => {
  server = await startServer();
  await server.as("ada").uploadVectors("own", textFile(secretText, "ada.txt"));
  await server.as("ada").uploadVectors("agents", textFile("The agent knows the safe.", "agent.txt"), "agent_1");
});
afterAll(() => server.close());

describe("a user finds nothing of another one", () => {
  test.each([undefined, "ada", "agent_1", "", "user:ada", 'ada","entity":"x', "own"])(
    "by any route, naming %j as the agent",
    async (entity) => {
      const eve = server.as("eve");
      const named = entity === undefined ? {} : { entity_id: entity };
      const query = encodeURIComponent(entity ?? "");
      const answers = [
        await eve.query({ file_id: "own", query: "password of the safe", ...named }),
        await eve.json("POST", "/query_multiple", { file_ids: ["own"], query: "password of the safe", ...named }),
        await eve.get(`/documents?ids=own&entity_id=${query}`),
        await eve.get(`/documents/own/context?entity_id=${query}`),
      ];
      expect(answers.map(({ status }) => status)).toEqual([200, 404, 404, 404]);
      expect(JSON.stringify(answers)).not.toMatch(/4711|ada\.txt/);
    },
  );

  test("and cannot delete or replace another one's file", async () => {
    const eve = server.as("eve");
    expect((await eve.json("DELETE", "/documents", ["own"])).status).toBe(404);
    expect(await eve.uploadVectors("own", textFile("Eve was here."))).toEqual({ embedded: true });
    const found = await server.as("ada").fileSearch(["own"], "safe");
    expect(found.map(({ content }) => content)).toEqual([secretText]);
    expect((await eve.fileSearch(["own"], "here")).map(({ content }) => content)).toEqual(["Eve was here."]);
    expect((await eve.json("DELETE", "/documents", ["own"])).status).toBe(200);
    expect(await server.as("ada").fileSearch(["own"], "safe")).toHaveLength(1);
  });
});

describe("a file of an agent", () => {
  test("is found by every user for whom LibreChat names the agent, and by nobody else", async () => {
    const eve = server.as("eve");
    expect(await eve.fileSearch(["agents"], "safe", "agent_1")).toHaveLength(1);
    expect(await eve.fileSearch(["agents"], "safe")).toEqual([]);
    expect(await eve.fileSearch(["agents"], "safe", "agent_2")).toEqual([]);
  });

  test("is found by its uploader, whether LibreChat names the agent or not", async () => {
    const ada = server.as("ada");
    for (const entity of [undefined, "agent_1", "agent_2"])
      expect(await ada.fileSearch(["agents"], "safe", entity)).toHaveLength(1);
  });

  test("is searched together with the user's own file", async () => {
    const found = await server.as("ada").fileSearch(["own", "agents"], "safe", "agent_1");
    expect(found.map(({ fileName }) => fileName).sort()).toEqual(["ada.txt", "agent.txt"]);
  });

  test("can be deleted by another user, since LibreChat checks who may edit the agent", async () => {
    expect((await server.as("bob").json("DELETE", "/documents", ["agents"])).status).toBe(200);
    expect(await server.as("ada").fileSearch(["agents"], "safe")).toEqual([]);
  });
});
