import type { Reporter } from 'vitest/node';

/** Says which tests passed only when they were tried again (`retry` in vitest.config.ts), so that none hides. */
// biome-ignore lint/style/noDefaultExport: what Vitest loads as a reporter
export default class SecondTries implements Reporter {
  onTestRunEnd: NonNullable<Reporter['onTestRunEnd']> = (modules) => {
    const late = modules.flatMap((module) =>
      [...module.children.allTests()].filter((test) => test.diagnostic()?.flaky),
    );
    if (late.length === 0) return;
    console.log(`\n${late.length} passed only when tried again:`);
    for (const { module, fullName } of late) {
      console.log(`  ${module.relativeModuleId} > ${fullName}`);
    }
  };
}
