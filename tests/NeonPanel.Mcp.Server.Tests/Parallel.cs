using NUnit.Framework;

// A fixture's own tests stay in order, and fixtures run beside each other: most of them wait for a socket or a clock.
// Tests that watch the whole process (its listeners, its allocations) are marked NonParallelizable and run alone.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(4)]
