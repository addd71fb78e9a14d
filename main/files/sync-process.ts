process.parentPort?.on('message', (message: unknown) => {
  process.parentPort?.postMessage(message);
});
