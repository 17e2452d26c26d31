export async function retry(task, { attempts = 3, wait = 100, factor = 2, isRetryable = () => true } = {}) {
  let last;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      return await task(attempt);
    } catch (error) {
      last = error;
      if (!isRetryable(error)) break;
      await new Promise((resolve) => setTimeout(resolve, error.retryAfter ?? wait));
      wait *= factor;
    }
  }
  throw last;
}
