export async function retry(task, { attempts = 3, wait = 100, factor = 2, isRetryable = () => true } = {}) {
  try {
    return await task(1);
  } catch (error) {
    if (attempts <= 1 || !isRetryable(error)) throw error;
    await new Promise((resolve) => setTimeout(resolve, wait));
    return retry(task, { attempts: attempts - 1, wait: wait * factor, factor, isRetryable });
  }
}
