export async function retry(task, { attempts = 3, wait = 100, factor = 2, isRetryable = () => true } = {}) {
  if (attempts < 1) throw new RangeError("At least one attempt is needed.");
  for (let attempt = 1; ; attempt++) {
    try {
      return await task(attempt);
    } catch (error) {
      if (attempt >= attempts || !isRetryable(error)) throw error;
      const given = error?.retryAfter;
      const milliseconds = typeof given === "number" ? given : wait * factor ** (attempt - 1);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
    }
  }
}
