// One line a scenario, and the two totals that .ci/run adds up.

export class Report {
  #passed = 0;
  #failed = 0;

  pass(name) {
    this.#passed++;
    console.log(`  ok      ${name}`);
  }

  fail(name, why) {
    this.#failed++;
    console.log(`  FAILED  ${name}: ${process.env.ACCEPTANCE_TRACE ? why : why.replace(/\s+/g, " ")}`);
  }

  /** What cannot apply, and why: told, and counted as neither. */
  skip(name, why) {
    console.log(`  n/a     ${name}: ${why}`);
  }

  /** Runs one scenario; it fails by throwing, or by taking longer than a minute. */
  async scenario(name, run) {
    const deadline = Promise.withResolvers();
    const timer = setTimeout(() => deadline.reject(new Error("took longer than 60 s")), 60_000);
    try {
      const value = await Promise.race([run(), deadline.promise]);
      this.pass(name);
      return value;
    } catch (error) {
      this.fail(name, process.env.ACCEPTANCE_TRACE ? error.stack : error.message);
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Prints the totals. */
  end() {
    console.log(`\nPassed: ${this.#passed}\nFailed: ${this.#failed}`);
    return this.#failed === 0 && this.#passed > 0;
  }
}
