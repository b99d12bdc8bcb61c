using NUnit.Framework;

// A fixture's own tests stay in order, and fixtures run beside each other: most of them wait for a socket or a clock.
// What watches the whole process (its listeners, its allocations) is marked NonParallelizable and runs alone.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(4)]
